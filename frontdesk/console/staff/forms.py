"""The forms of the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django_otp import devices_for_user, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice


class CodeForm(forms.Form):
    """The six digits an authenticator app shows."""

    code = forms.CharField(
        max_length=8,
        label="Code from your app",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def __init__(self, user: Any, *args: Any, device: TOTPDevice | None = None, **given: Any):
        super().__init__(*args, **given)
        self._user = user
        self._asked = device
        self.device: Any = None

    def clean_code(self) -> str:
        """The code, when it is right (see Django)."""
        code = self.cleaned_data["code"].replace(" ", "")
        devices = [self._asked] if self._asked else list(devices_for_user(self._user))
        for one in devices:
            verified = verify_token(self._user, one.persistent_id, code) if one.confirmed else None
            if verified or (not one.confirmed and one.verify_token(code)):
                self.device = verified or one
                return str(code)
        raise ValidationError(
            "That code is not right. Codes change every 30 seconds; try the next."
        )
