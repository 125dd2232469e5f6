"""The addresses of the desk. All of them are shut by `access.door_middleware` but for those it lists."""

from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("questions.desk.queue.urls")),
    path("", include("questions.desk.triage.urls")),
    path("", include("questions.desk.preferences.urls")),
    path("", include("questions.desk.writing.urls")),
    path("", include("questions.desk.planning.urls")),
    path("", include("questions.desk.reports.urls")),
    path("", include("questions.desk.house.urls")),
    path("", include("questions.desk.show.urls")),
    path("", include("questions.desk.topics.urls")),
    path("", include("questions.desk.lists.urls")),
    path("", include("questions.desk.people.urls")),
    path("", include("questions.desk.records.urls")),
    path("", include("questions.desk.notices.urls")),
    path("", include("questions.desk.insights.urls")),
]
