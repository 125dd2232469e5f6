"""One's own account, beside the pages that allauth has of it. Everybody who can sign in may be here."""

from django.urls import path

from questions.desk.people import own

urlpatterns = [
    path("", own.own_account, name="own_account"),
    path("sessions/end/", own.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", own.end_session, name="end_session"),
]
