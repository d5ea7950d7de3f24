"""The second step of a login: a code from an app."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_otp import login
from django_otp.plugins.otp_totp.models import TOTPDevice

from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.forms import CodeForm


@needs()
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code of somebody who has set the second step up."""
    form = CodeForm(request.user, request.POST or None)
    following = request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        login(request, form.device)
        is_ours = url_has_allowed_host_and_scheme(
            following, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(following if is_ours else "inbox")
    return render(request, "staff/second_step.html", {"form": form})


@needs()
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponseBase:
    """Show the code to scan, and keep it once it has been used."""
    user = member(request)
    own = TOTPDevice.objects.filter(user=user)
    if own.filter(confirmed=True).exists():
        if request.method == "POST" and "remove" in request.POST:
            own.delete()
            messages.success(request, "The second step is off.")
            return redirect("set_up_second_step")
        return render(request, "staff/set_up_second_step.html", {"is_on": True})
    device, _ = own.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    form = CodeForm(user, request.POST or None, device=device)
    if request.method == "POST" and form.is_valid():
        device.confirmed = True
        device.save()
        login(request, device)
        messages.success(request, "The second step is on. You will be asked for a code at login.")
        return redirect("set_up_second_step")
    shown = {"form": form, "is_on": False, "drawing": _drawn(device.config_url)}
    return render(request, "staff/set_up_second_step.html", shown)


def _drawn(text: str) -> str:
    out = io.BytesIO()
    segno.make(text).save(
        out, kind="svg", scale=5, xmldecl=False, svgns=False, dark="#000", light="#fff"
    )
    return out.getvalue().decode()
