"""The addresses of the screens about what is kept of somebody."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.privacy.views import person

urlpatterns = [
    path("person/", person.show_person, name="person"),
    path("person/save/", person.save_person, name="save_person"),
    path("person/erase/", person.erase_person, name="erase_person"),
]
