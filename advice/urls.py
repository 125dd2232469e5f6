"""The site map. Each line leads to one journey; the journeys list their own addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # asking: /ask/ and /receipt/ (questions.asking.urls)
    # desk: /desk/ (questions.desk.urls)
    path("desk/account/", include("allauth.urls")),
    # reading: everything else (questions.reading.urls)
]
