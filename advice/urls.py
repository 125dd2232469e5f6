"""The site map. Each line leads to one journey; the journeys list their own addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("questions.asking.urls")),
    path("desk/", include("questions.desk.urls")),
    path("desk/account/", include("allauth.urls")),
    path("", include("questions.reading.urls")),
]
