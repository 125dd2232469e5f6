from django.urls import path

from questions.desk.records import views

urlpatterns = [
    path("history/", views.history, name="history"),
    path("history/history.csv", views.history_csv, name="history-csv"),
    path("history/history.json", views.history_json, name="history-json"),
]
