from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("aktiviteter/kalender.ics", views.calendar_of_all, name="calendar_of_all"),
    path("aktiviteter/<slug:slug>/", views.activity, name="activity"),
    path("aktiviteter/<slug:slug>/kalender.ics", views.calendar, name="calendar"),
    path("aktiviteter/<slug:slug>/anmalan/", views.sign_up, name="sign_up"),
    path("aktiviteter/<slug:slug>/anmalan/klart/<str:signed>/", views.done, name="done"),
    path("aktiviteter/<slug:slug>/ko/", views.queue, name="queue"),
    path("bokning/<str:token>/", views.booking, name="booking"),
    path("bokning/<str:token>/avboka/", views.cancel, name="cancel"),
    path("plats/<str:token>/", views.offer, name="offer"),
]
