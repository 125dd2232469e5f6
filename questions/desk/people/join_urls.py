"""The address of an invitation, which lies outside the desk."""

from django.urls import path

from questions.desk.people import joining

app_name = "join"

urlpatterns = [path("<str:token>/", joining.join, name="join")]
