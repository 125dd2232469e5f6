from django.urls import path

from questions.desk.notices import views, webhooks

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/address/", views.offer_address, name="offer-address"),
    path("notices/address/confirm/", views.confirm_address, name="confirm-address"),
    path("notices/address/remove/", views.remove_address, name="remove-address"),
    path("notices/webhooks/new/", webhooks.new_webhook, name="new-webhook"),
    path("notices/webhooks/<uuid:ref>/", webhooks.webhook, name="webhook"),
    path("notices/webhooks/<uuid:ref>/pause/", webhooks.pause_webhook, name="pause-webhook"),
    path("notices/webhooks/<uuid:ref>/test/", webhooks.try_webhook, name="try-webhook"),
    path("notices/webhooks/<uuid:ref>/remove/", webhooks.remove_webhook, name="remove-webhook"),
]
