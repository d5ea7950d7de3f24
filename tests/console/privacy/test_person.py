"""Who is meant by a contact, however it is written."""

import pytest

from frontdesk.console.privacy.errors import UnreadableContact
from frontdesk.console.privacy.person import Contact, Person, hashed, read_contact


@pytest.mark.parametrize(
    "text, contact",
    [
        ("(212) 555-0143", Contact(phone="+12125550143")),
        ("+1 212.555.0143", Contact(phone="+12125550143")),
        ("Tom@Example.ORG", Contact(email="Tom@example.org")),
        ("Tom Becker, 212-555-0143", Contact(phone="+12125550143", name="Tom Becker")),
        ("Tom <tom@mail.com>", Contact(email="tom@mail.com", name="Tom")),
    ],
)
def test_contact_in_any_writing(text, contact):
    assert read_contact(text) == contact


@pytest.mark.parametrize("text", ["", "Tom Becker", "12", "tom@", "0000000"])
def test_what_reaches_nobody_is_refused(text):
    with pytest.raises(UnreadableContact):
        read_contact(text)


def test_mark_is_keyed_and_the_same_for_the_same_contact():
    assert read_contact("212-555-0143").mark == read_contact("+12125550143").mark
    assert read_contact("212-555-0143").mark != read_contact("212-555-0144").mark
    assert read_contact("a@Mail.com").mark == read_contact("A@mail.com").mark
    assert len(hashed("a")) == 64


def test_first_name_alone_marks_no_text_as_theirs():
    person = Person(names=frozenset({"Will"}), phones=frozenset({"+12125550143"}))
    assert not person.is_in("Will you come?")
    assert person.is_in("call 2125550143")
