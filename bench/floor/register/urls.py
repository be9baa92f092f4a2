from django.contrib import admin
from django.urls import path

from members.models import Person
from samvaro.urls import urlpatterns as ours


class PersonAdmin(admin.ModelAdmin):
    list_display = ("first_name", "last_name", "member_number", "email", "town")
    search_fields = ("first_name", "last_name", "email")
    list_per_page = 50
    ordering = ("sort_key", "pk")


floor = admin.AdminSite(name="admin")
floor.register(Person, PersonAdmin)

urlpatterns = [path("floor/", floor.urls), *ours]
