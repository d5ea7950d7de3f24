"""Our small markup in each channel's own, escaped, and cut between sentences."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.markup import PLAIN, SLACK, TELEGRAM, WHATSAPP, parse
from frontdesk.channels.pieces import cut, length
from tests.channels.providers.telegram import entities

TEXT = """Pick **Deep tissue** or [the booking page](https://a.org/x?b=1&c=2).

- 60 minutes: $105
- call [(212) 555-0148](tel:+12125550148)
Done."""
STYLES = {"plain": PLAIN, "telegram": TELEGRAM, "whatsapp": WHATSAPP, "slack": SLACK}


@pytest.mark.parametrize(
    "style, rendered",
    [
        (
            PLAIN,
            "Pick Deep tissue or the booking page: https://a.org/x?b=1&c=2.\n\n"
            "- 60 minutes: $105\n- call +1 212-555-0148\n\nDone.",
        ),
        (
            TELEGRAM,
            "Pick <b>Deep tissue</b> or "
            '<a href="https://a.org/x?b=1&amp;c=2">the booking page</a>.\n\n'
            "• 60 minutes: $105\n• call +1 212-555-0148\n\nDone.",
        ),
        (
            WHATSAPP,
            "Pick *Deep tissue* or the booking page: https://a.org/x?b=1&c=2.\n\n"
            "• 60 minutes: $105\n• call +1 212-555-0148\n\nDone.",
        ),
        (
            SLACK,
            "Pick *Deep tissue* or <https://a.org/x?b=1&amp;c=2|the booking page>.\n\n"
            "• 60 minutes: $105\n• call <tel:+12125550148|(212) 555-0148>\n\nDone.",
        ),
    ],
    ids=STYLES,
)
def test_rendered(style, rendered):
    assert style.render(parse(TEXT)) == rendered


@pytest.mark.parametrize(
    "label, url, shown",
    [
        ("Call 911", "tel:911", "Call 911"),
        ("Call now", "tel:911", "Call now: 911"),
        ("Call or text 988", "tel:988", "Call or text 988"),
        ("(212) 555-0148", "tel:+12125550148", "+1 212-555-0148"),
        ("Samaritans on 116 123", "tel:116123", "Samaritans on 116 123"),
    ],
)
def test_number_to_call_can_be_tapped(label, url, shown):
    assert PLAIN.render(parse(f"[{label}]({url})")) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>",
        "a & b",
        "*bold* _it_ ~no~ `code`",
        "[x](javascript:alert(1))",
        "<!channel>",
        "**",
    ],
)
def test_foreign_markup_stays_words(text):
    assert entities(TELEGRAM.render(parse(text))) == text
    slack = SLACK.render(parse(text))
    assert "<" not in slack and "*bold*" not in slack and "_it_" not in slack
    assert "*bold*" not in WHATSAPP.render(parse(text))


def test_addresses_keep_their_underscores():
    text = "john_doe_x@example.org and 2*3*4"
    assert WHATSAPP.render(parse(text)) == text


SENTENCE = st.text(st.sampled_from("abc <&*_.!? \n-[]()"), min_size=1, max_size=80)


@given(st.lists(SENTENCE, min_size=1, max_size=30).map(" ".join), st.sampled_from(list(STYLES)))
def test_pieces_are_short_enough_and_nothing_is_lost(text, name):
    style, limit = STYLES[name], 60
    pieces = cut(parse(text), style, limit)
    assert all(0 < length(piece) <= limit for piece in pieces)

    def signs(words):
        return [sign for sign in html.unescape(words) if sign.isalpha()]

    assert signs("".join(pieces)) == signs(style.render(parse(text)))
    if name == "telegram":
        for piece in pieces:
            entities(piece)


def test_cut_between_sentences_then_words():
    assert cut(parse("One two. Three four! Five six?"), PLAIN, 20) == [
        "One two. Three four!",
        "Five six?",
    ]
    assert cut(parse("aaa bbb ccc"), PLAIN, 8) == ["aaa bbb", "ccc"]
    assert cut(parse("x" * 25), PLAIN, 10)[0].strip("x") == ""
    bold = cut(parse("**One two. Three four! Five six?**"), TELEGRAM, 30)
    assert bold == ["<b>One two. </b>", "<b>Three four! </b>", "<b>Five six?</b>"]


def test_a_link_is_not_torn():
    text = "Words before it. [finish your booking here](https://a.org/" + "x" * 40 + ") and after."
    pieces = cut(parse(text), TELEGRAM, 120)
    assert sum("<a href=" in piece and "</a>" in piece for piece in pieces) == 1
