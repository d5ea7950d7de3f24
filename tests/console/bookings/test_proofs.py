"""A wrong reference and a wrong contact get one and the same answer, and not for long."""

import datetime

import pytest

from frontdesk.console.bookings.models import WrongTry

pytestmark = pytest.mark.usefixtures("team", "clock")


def find(assistant, reference, **proof):
    return assistant.claim("/find", reference, **proof)


def test_either_proof_will_do(assistant):
    reference = assistant.book().json()["reference"]
    assert find(assistant, reference, digits="0177").status_code == 200
    assert find(assistant, reference, digits="(01) 77").status_code == 200
    assert find(assistant, reference.lower(), conversation="conversation-1").status_code == 200
    assert find(assistant, reference.replace("-", " "), digits="0177").status_code == 200
    assert not WrongTry.objects.exists()


def test_wrong_reference_and_wrong_contact_sound_the_same(assistant):
    reference = assistant.book().json()["reference"]
    answers = [
        find(assistant, reference, digits="0178"),
        find(assistant, "HM-22222", digits="0177"),
        find(assistant, "nonsense", digits="0177"),
        find(assistant, reference, digits=""),
        find(assistant, reference, digits="212-555-0177"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("digits", ["", "-", "none", "0000", "----"])
def test_email_alone_cannot_be_proved_by_digits(assistant, digits):
    reference = assistant.book(phone="").json()["reference"]
    assert find(assistant, reference, digits=digits).status_code == 404
    assert find(assistant, reference, conversation="conversation-1").status_code == 200


def test_five_wrong_tries_close_a_reference_for_an_hour(assistant, clock):
    reference = assistant.book().json()["reference"]
    for number in range(5):
        answer = find(assistant, reference, digits=f"000{number}", conversation=f"c{number}")
        assert answer.status_code == 404
    blocked = find(assistant, reference, digits="0177", conversation="c9")
    assert blocked.status_code == 429
    assert blocked.json()["error"] == "too_many_tries"
    assert 3500 <= int(blocked["Retry-After"]) <= 3600
    clock.now += datetime.timedelta(minutes=61)
    assert find(assistant, reference, digits="0177").status_code == 200


def test_unknown_reference_is_closed_just_the_same(assistant):
    answers = [find(assistant, "HM-22222", conversation=f"c{n}").status_code for n in range(6)]
    assert answers == [404] * 5 + [429]


def test_ten_wrong_tries_close_a_conversation(assistant):
    reference = assistant.book().json()["reference"]
    letters = "23456789BC"
    for letter in letters:
        assert find(assistant, f"HM-2222{letter}", conversation="guesser").status_code == 404
    assert find(assistant, reference, digits="0177", conversation="guesser").status_code == 429
    assert find(assistant, reference, digits="0177", conversation="other").status_code == 200


def test_tries_count_for_moving_and_canceling_too(assistant):
    reference = assistant.book().json()["reference"]
    to = "2030-05-08T10:00:00-04:00"
    for number in range(5):
        path, more = ("/cancel", {}) if number % 2 else ("/move", {"starts_at": to})
        answer = assistant.claim(path, reference, digits="9999", conversation=f"c{number}", **more)
        assert answer.status_code == 404
    assert assistant.claim("/cancel", reference, digits="0177").status_code == 429
