"""The addresses of those who come by a link. The token in them is all they need, and all they have."""

from django.urls import path

from questions.guests import views

app_name = "guests"

urlpatterns = [
    path("guest/<str:token>/", views.answer_as_guest, name="answer-as-guest"),
    path("guest/<str:token>/look/", views.look_at_answer, name="look-at-answer"),
    path("preview/<str:token>/", views.see_preview, name="see-preview"),
]
