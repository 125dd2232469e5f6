from django.urls import path, register_converter

from questions.desk.queue import saved, several, views
from questions.desk.queue.pages import QUEUES


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
    path("queue/<queue:name>/news.json", views.queue_news, name="queue-news"),
    path("queue/preview/", several.preview_several, name="preview-several"),
    path("queue/decide/", several.decide_several, name="decide-several"),
    path("queue/undo/<uuid:batch>/", several.undo_several, name="undo-several"),
    path("queue/views/", saved.views, name="views"),
    path("queue/views/save/", saved.save_view, name="save-view"),
    path("queue/views/<uuid:ref>/", saved.change_view, name="change-view"),
    path("search/", views.search, name="search"),
]
