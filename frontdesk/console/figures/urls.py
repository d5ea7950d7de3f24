"""The addresses of the figures."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.figures import views

urlpatterns = [
    path("figures/", views.show_figures, name="figures"),
    path("figures/unanswered/", views.show_unanswered, name="unanswered"),
    path("figures/<slug:name>.csv", views.save_figure, name="save_figure"),
]
