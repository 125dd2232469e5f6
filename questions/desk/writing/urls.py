from django.urls import path

from questions.desk.writing import views

urlpatterns = [
    path("questions/<uuid:ref>/answer/", views.write_answer, name="write-answer"),
    path("preview/", views.preview_answer, name="preview-answer"),
]
