from django.urls import path, register_converter
from django.urls.converters import StringConverter

from events.views import (
    answers,
    counter,
    evening,
    evening_changes,
    interested,
    links,
    papers,
    place_payment,
    public,
)


class DayConverter(StringConverter):
    """The day of an occasion, with the hour behind it where there are two."""

    regex = r"\d{4}-\d\d-\d\d(?:-\d{4})?"


register_converter(DayConverter, "day")

app_name = "events"
urlpatterns = [
    path("aktiviteter/kalender.ics", public.calendar_of_all, name="calendar_of_all"),
    path(
        "aktiviteter/min-kalender/<str:signed>/traffar.ics",
        public.private_calendar,
        name="private_calendar",
    ),
    path("aktiviteter/<slug:slug>/", public.activity, name="activity"),
    path("aktiviteter/<slug:slug>/kalender.ics", public.calendar, name="calendar"),
    path("aktiviteter/<slug:slug>/anmalan/", public.sign_up, name="sign_up"),
    path("aktiviteter/<slug:slug>/anmalan/klart/<str:signed>/", public.done, name="done"),
    path("aktiviteter/<slug:slug>/intresse/", public.interest, name="interest"),
    path("aktiviteter/<slug:slug>/ko/", public.queue, name="queue"),
    path("bokning/<str:token>/", links.booking, name="booking"),
    path("bokning/<str:token>/avboka/", links.cancel, name="cancel"),
    path("ledare/<slug:slug>/svar/", answers.for_leader, name="answers_for_leader"),
    path("bokning/<str:token>/betala/", place_payment.pay, name="pay"),
    path("bokning/<str:token>/orkar-inte/<uuid:uid>/", links.away, name="away"),
    path("intresse/<str:token>/", interested.interested, name="interested"),
    path("bokning/<str:token>/lofte/", papers.promise, name="promise"),
    path("bokning/<str:token>/studieforbundet/", papers.identity, name="identity"),
    path("plats/<str:token>/", links.offer, name="offer"),
    path("ledare/", evening.evenings, name="evenings"),
    path("ledare/raknare/", counter.shifts, name="shifts"),
    path("ledare/raknare/<slug:slug>/<slug:day>/", counter.count, name="count"),
    path("ledare/raknare/<slug:slug>/<slug:day>/pass/", counter.shift, name="shift"),
    path("ledare/<slug:slug>/<day:day>/", evening.evening, name="evening"),
    path("ledare/<slug:slug>/<day:day>/installd/", evening_changes.call_off, name="call_off"),
    path("ledare/<slug:slug>/<day:day>/flytta/", evening_changes.move, name="move_evening"),
    path(
        "ledare/<slug:slug>/studieforbundet/", papers.identity_of_leader, name="identity_of_leader"
    ),
    path("narvaro/<str:token>/", evening.link, name="evening_link"),
]
