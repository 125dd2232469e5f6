"""The site map. Each line leads to one journey; the journeys list their own addresses."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from questions.desk.sign_in import forgotten_password, no_mail

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("advice.operating.urls")),
    path("", include("questions.asking.urls")),
    path("desk/", include("questions.desk.urls")),
    # Both would promise letters; the desk sends none.
    re_path("^desk/account/password/reset/(?P<rest>.*)$", forgotten_password),
    re_path("^desk/account/(?:confirm-)?email/(?P<rest>.*)$", no_mail),
    path("desk/account/", include("questions.desk.people.account_urls")),
    path("desk/account/", include("allauth.urls")),
    path("join/", include("questions.desk.people.join_urls")),
    path("", include("questions.guests.urls")),
    path("", include("questions.reading.urls")),
]
