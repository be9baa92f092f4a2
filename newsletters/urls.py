from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from newsletters.views import address, archive, subscribing, webhooks

app_name = "newsletters"

urlpatterns = [
    path("nyhetsbrev/", subscribing.ask, name="ask"),
    path("nyhetsbrev/titta-i-din-e-post/", subscribing.asked, name="asked"),
    path("nyhetsbrev/arkiv/", archive.listed, name="archive"),
    path("nyhetsbrev/arkiv/<slug:slug>/", archive.one, name="archived"),
    path("ny-epost/", address.put_right, name="address"),
    path("ny-epost/titta-i-din-e-post/", address.asked, name="address_asked"),
    path("bekrafta/<str:token>/", subscribing.confirm, name="confirm"),
    path("nyhetsbrev/val/<str:token>/", subscribing.choice, name="choice"),
    # Mail programs press it, with the signed address as the only proof (RFC 8058).
    path("nyhetsbrev/avsluta/<str:token>/", csrf_exempt(subscribing.end), name="end"),
    # Signed by the provider of our mail.
    path("webhooks/mail/<slug:provider>/", csrf_exempt(webhooks.came_back), name="came_back"),
]
