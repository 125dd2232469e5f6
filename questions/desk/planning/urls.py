from django.urls import path

from questions.desk.planning import views

urlpatterns = [
    path("episodes/", views.episodes, name="episodes"),
    path("episodes/new/", views.new_episode, name="new-episode"),
    path("episodes/<uuid:ref>/", views.edit_episode, name="edit-episode"),
    path("episodes/<uuid:ref>/preview/", views.preview_episode, name="preview-episode"),
    path("episodes/<uuid:ref>/publish/", views.publish_episode, name="publish-episode"),
    path("episodes/<uuid:ref>/schedule/", views.schedule_episode, name="schedule-episode"),
    path("episodes/<uuid:ref>/unschedule/", views.unschedule_episode, name="unschedule-episode"),
    path("episodes/<uuid:ref>/retract/", views.retract_episode, name="retract-episode"),
    path("episodes/<uuid:ref>/correct/", views.correct_episode, name="correct-episode"),
    path("episodes/<uuid:ref>/disband/", views.disband_episode, name="disband-episode"),
]
