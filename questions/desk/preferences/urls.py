from django.urls import path

from questions.desk.preferences import views

urlpatterns = [path("preferences/", views.preferences, name="preferences")]
