from django.urls import path

from questions.desk.house import views, well

urlpatterns = [
    path("house/", views.house, name="house"),
    path("house/well/", well.well, name="well"),
    path("house/asking/", views.edit_asking, name="edit-asking"),
    path("house/promises/", views.edit_promises, name="edit-promises"),
    path("house/crisis-lines/", views.crisis_lines, name="crisis-lines"),
    path("house/crisis-lines/new/", views.new_crisis_line, name="new-crisis-line"),
    path("house/crisis-lines/<int:pk>/", views.edit_crisis_line, name="edit-crisis-line"),
    path("house/crisis-lines/<int:pk>/confirm/", views.confirm_crisis_line, name="confirm-crisis-line"),
    path("house/crisis-lines/<int:pk>/remove/", views.remove_crisis_line, name="remove-crisis-line"),
]
