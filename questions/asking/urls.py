"""Where people ask and come back. Nothing about a question ever stands in an address."""

from django.urls import path

from questions.asking import reporting, views, watching

app_name = "asking"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("ask/watched-for.json", watching.watched_for, name="watched-for"),
    path("ask/after/<slug:slug>/", views.follow_up, name="follow-up"),
    path("ask/about/<slug:slug>/", reporting.report, name="report"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt/lost/", views.lost, name="lost"),
    path("ask", views.ask_without_slash, name="ask-without-slash"),
    path("ask/after/<slug:slug>", views.follow_up_without_slash, name="follow-up-without-slash"),
    path("ask/about/<slug:slug>", reporting.report_without_slash, name="report-without-slash"),
    path("receipt", views.receipt_without_slash, name="receipt-without-slash"),
    path("receipt/lost", views.lost_without_slash, name="lost-without-slash"),
]
