"""The books' addresses."""

from django.urls import path

from questions.reading.books import views

urlpatterns = [
    path("episodes/<slug:slug>/episode.epub", views.episode_epub, name="episode-epub"),
    path("books/topics/<slug:slug>.epub", views.topic_epub, name="topic-epub"),
    path("books/seasons/<int:season_number>.epub", views.season_epub, name="season-epub"),
]
