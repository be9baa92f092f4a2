from django.urls import path

from payments.views import webhooks

app_name = "payments"

urlpatterns = [path("webhooks/stripe/", webhooks.stripe_webhook, name="stripe")]
