from django.urls import path

from questions.desk.show import views

urlpatterns = [
    path("show/", views.show_settings, name="show-settings"),
    path("show/edit/", views.edit_show, name="edit-show"),
    path("show/preview/", views.preview_show, name="preview-show"),
    path("show/preview.css", views.preview_sheet, name="preview-sheet"),
]
