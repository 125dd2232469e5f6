from django.urls import path

from questions.desk.triage import views
from questions.desk.triage.decisions import WORDS

urlpatterns = [
    path("questions/<uuid:ref>/", views.question, name="question"),
    path("questions/<uuid:ref>/here/", views.here, name="here"),
    # desk:keep-question, desk:decline-question and so on: each verb is one POST.
    *(
        path(f"questions/<uuid:ref>/{word}/", views.decide_question, {"verb": verb}, name=f"{word}-question")
        for verb, word in WORDS.items()
    ),
    path("history/<int:event>/undo/", views.undo, name="undo"),
]
