"""One shape for every list: `kind` is a key of `kinds.KINDS`."""

from django.urls import path

from questions.desk.lists import resources, views

urlpatterns = [
    path("lists/<slug:kind>/", views.entries, name="entries"),
    path("lists/<slug:kind>/new/", views.new_entry, name="new-entry"),
    path("lists/<slug:kind>/<int:pk>/", views.edit_entry, name="edit-entry"),
    path("lists/<slug:kind>/<int:pk>/move/", views.move_entry, name="move-entry"),
    path("lists/<slug:kind>/<int:pk>/remove/", views.remove_entry, name="remove-entry"),
    path("lists/<slug:kind>/preview/", views.preview_entry, name="preview-entry"),
    path("resources/", resources.resources, name="resources"),
]
