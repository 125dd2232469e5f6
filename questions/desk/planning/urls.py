from django.urls import path

from questions.desk.planning import months, sharing, views

urlpatterns = [
    path("episodes/", views.episodes, name="episodes"),
    path("calendar/", months.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", months.calendar_month, name="calendar-month"),
    path("episodes/new/", views.new_episode, name="new-episode"),
    path("episodes/<uuid:ref>/", views.edit_episode, name="edit-episode"),
    path("episodes/<uuid:ref>/preview/", views.preview_episode, name="preview-episode"),
    path("episodes/<uuid:ref>/publish/", views.publish_episode, name="publish-episode"),
    path("episodes/<uuid:ref>/schedule/", views.schedule_episode, name="schedule-episode"),
    path("episodes/<uuid:ref>/unschedule/", views.unschedule_episode, name="unschedule-episode"),
    path("episodes/<uuid:ref>/retract/", views.retract_episode, name="retract-episode"),
    path("episodes/<uuid:ref>/correct/", views.correct_episode, name="correct-episode"),
    path("episodes/<uuid:ref>/disband/", views.disband_episode, name="disband-episode"),
    path("episodes/<uuid:ref>/link/", sharing.share_episode, name="share-episode"),
    path("questions/<uuid:ref>/guest/", sharing.share_question, name="share-question"),
    path("links/<uuid:ref>/revoke/", sharing.revoke_link, name="revoke-link"),
]
