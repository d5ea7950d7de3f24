"""Makes the numbers in a sentence ready to dial."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_NUMBER = re.compile(r"(\d[\d ]*\d)")


@register.filter
def dialable(sentence: str) -> SafeString:
    """Turn each number into a phone link: "999 or 112", "Samaritans on 116 123"."""
    parts = _NUMBER.split(sentence)
    return format_html_join("", "{}", ((_linked(part),) for part in parts))


def _linked(part: str) -> str:
    if not _NUMBER.fullmatch(part):
        return part
    return format_html('<a href="tel:{}">{}</a>', part.replace(" ", ""), part)
