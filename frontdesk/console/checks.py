"""Start-up checks: what is wrong with the data folder or the chat window is said before serving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from frontdesk.console.selectors import content
from frontdesk.domain.errors import DataFileError

PRIVACY = "privacy"


@register()
def check_data(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start on a data folder that cannot be shown."""
    try:
        clinic = content().clinic
    except DataFileError as error:
        hint = "Correct this file, or point FRONTDESK_DATA at another data folder."
        return [Error(str(error), hint=hint, id="console.E001")]
    if PRIVACY not in clinic.facts:
        problem = "The clinic's facts do not say how long chats are kept and who reads them."
        hint = "Add a line 'privacy:' under 'facts:' in the data folder's clinic/facts.yml."
        return [Error(problem, hint=hint, id="console.E002")]
    return []


@register()
def check_chat_window(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn when the chat window's file is not there."""
    launcher = settings.WIDGET_FOLDER / "frontdesk-chat.js"
    if launcher.is_file():
        return []
    hint = "The page still works and shows the clinic's phone number instead of the chat."
    return [Warning(f"{launcher} is missing.", hint=hint, id="console.W001")]
