from django.urls import path

from questions.desk.insights import views

urlpatterns = [
    path("insights/", views.insights, name="insights"),
    path("insights/<slug:name>.csv", views.insights_table, name="insights-table"),
]
