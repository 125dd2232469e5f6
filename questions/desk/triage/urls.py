from django.urls import path, register_converter

from questions.desk.triage import views
from questions.desk.triage.decisions import WORDS
from questions.desk.triage.queues import QUEUES


class QueueConverter:
    """The name of a queue, such as `kept`."""

    regex = "|".join(QUEUES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(QueueConverter, "queue")

urlpatterns = [
    path("", views.queue, name="queue"),
    path("queue/<queue:name>/", views.queue, name="queue-state"),
    path("questions/<uuid:ref>/", views.question, name="question"),
    # desk:keep-question, desk:decline-question and so on: each verb is one POST.
    *(
        path(f"questions/<uuid:ref>/{word}/", views.decide_question, {"verb": verb}, name=f"{word}-question")
        for verb, word in WORDS.items()
    ),
    path("history/<int:event>/undo/", views.undo, name="undo"),
]
