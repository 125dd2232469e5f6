from django.urls import path

from questions.desk.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/<uuid:ref>/", views.report, name="report"),
    path("reports/<uuid:ref>/settle/", views.settle_report, name="settle-report"),
    path("reports/<uuid:ref>/take-up/", views.take_up_report, name="take-up-report"),
]
