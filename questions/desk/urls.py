"""The addresses of the desk. All of them are shut by `access.door_middleware` but for those it lists."""

from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("questions.desk.triage.urls")),
    path("", include("questions.desk.writing.urls")),
    path("", include("questions.desk.planning.urls")),
    path("", include("questions.desk.house.urls")),
]
