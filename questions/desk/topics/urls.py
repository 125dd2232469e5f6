from django.urls import path

from questions.desk.topics import views

urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("topics/new/", views.new_topic, name="new-topic"),
    path("topics/<int:pk>/", views.edit_topic, name="edit-topic"),
    path("topics/<int:pk>/merge/", views.merge_topic, name="merge-topic"),
    path("topics/<int:pk>/delete/", views.delete_topic, name="delete-topic"),
]
