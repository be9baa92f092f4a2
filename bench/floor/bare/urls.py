from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import cache_page

from bench.floor.bare.models import Entry, Meeting


class EntryForm(forms.Form):
    name = forms.CharField(max_length=100)
    email = forms.EmailField()


def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """A form, a lock on the row, a place or the waiting list, and a page that says which."""
    meeting = get_object_or_404(Meeting, slug=slug)
    form = EntryForm(request.POST or None)
    if not form.is_valid():
        return render(request, "form.html", {"meeting": meeting, "form": form})
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        taken = Entry.objects.filter(meeting=locked, waiting=False).count()
        entry = Entry.objects.create(
            meeting=locked, waiting=taken >= locked.places, **form.cleaned_data
        )
    return render(request, "done.html", {"meeting": meeting, "waiting": entry.waiting})


@cache_page(3600)
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"numbers": range(300)})


urlpatterns = [
    path("page/", page),
    path("meetings/<slug:slug>/", sign_up),
]
