"""The addresses of the office's pages about one activity, below the list of activities."""

from typing import Any

from django.urls import path

from events.views import answers, office_interest, office_times


def times_addresses() -> list[Any]:
    times = "<int:pk>/tider/"
    one = f"{times}<uuid:uid>/"
    return [
        path(times, office_times.times, name="times"),
        path(f"{times}serie/", office_times.lay_out, name="series"),
        path(f"{times}stall-in/", office_times.cancel_all, name="activity_cancel"),
        path(f"{times}blir-av/", office_times.restore_all, name="activity_restore"),
        path(f"{one}flytta/", office_times.move, name="occasion_move"),
        path(f"{one}stall-in/", office_times.cancel, name="occasion_cancel"),
        path(f"{one}blir-av/", office_times.restore, name="occasion_restore"),
    ]


def interest_addresses() -> list[Any]:
    interest = "<int:pk>/intresse/"
    return [
        path(interest, office_interest.interest, name="interest"),
        path(f"{interest}traffar/", office_interest.start, name="start"),
        path("<int:pk>/svar/", answers.in_office, name="answers"),
    ]
