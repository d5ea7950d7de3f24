"""The addresses of the door and of the record."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path

from frontdesk.console.staff.views import audit, second_step

urlpatterns = [
    path(
        "login/",
        auth.LoginView.as_view(template_name="staff/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(template_name="staff/password.html", success_url="/staff/"),
        name="password_change",
    ),
    path("second-step/", second_step.ask_code, name="second_step"),
    path("second-step/set-up/", second_step.set_up, name="set_up_second_step"),
    path("audit/", audit.show_audit, name="audit"),
]
