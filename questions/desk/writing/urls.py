from django.urls import path

from questions.desk.writing import mentions, revisions, views

urlpatterns = [
    path("questions/<uuid:ref>/answer/", views.write_answer, name="write-answer"),
    path("questions/<uuid:ref>/autosave/", views.autosave_answer, name="autosave-answer"),
    path("questions/<uuid:ref>/wording/", views.preview_wording, name="preview-wording"),
    path("questions/<uuid:ref>/revisions/", revisions.answer_revisions, name="answer-revisions"),
    path("questions/<uuid:ref>/revisions/compare/", revisions.compare_revisions, name="compare-revisions"),
    path("questions/<uuid:ref>/revisions/<int:number>/name/", revisions.name_revision, name="name-revision"),
    path("preview/", views.preview_answer, name="preview-answer"),
    path("mentions/", mentions.mentions, name="mentions"),
]
