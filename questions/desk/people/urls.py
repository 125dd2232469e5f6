from django.urls import path

from questions.desk.people import invitations, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new-person"),
    path("people/invite/", invitations.invite_person, name="invite-person"),
    path("people/invitations/<uuid:ref>/revoke/", invitations.revoke_invitation, name="revoke-invitation"),
    path("people/<uuid:ref>/", views.edit_person, name="edit-person"),
    path("people/<uuid:ref>/role/", views.appoint_person, name="appoint-person"),
    path("people/<uuid:ref>/sessions/", views.end_person_sessions, name="end-person-sessions"),
    path("people/<uuid:ref>/goodbye/", views.offboard_person, name="offboard-person"),
]
