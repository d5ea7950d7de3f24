"""E-mails in files: those of a person go, those of others in the same file stay."""

import time

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from frontdesk.console.privacy import files
from frontdesk.console.privacy.person import Person

TOM = Person(emails=frozenset({"tom@example.org"}), references=frozenset({"HM-7K3QW"}))


@pytest.fixture
def mail(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def write(mail, *letters):
    """E-mails in one file, as Django writes them."""
    backend = EmailBackend(file_path=str(mail))
    messages = [EmailMessage("Your visit", text, "c@example.org", [to]) for to, text in letters]
    backend.send_messages(messages)


def test_letters_of_others_in_the_same_file_stay(mail):
    write(mail, ("tom@example.org", "see you"), ("robin@example.org", "see you, \u00e9"))
    (path,) = mail.glob("*")
    assert [len(one) for one in files.export(TOM).values()] == [1]
    assert files.erase(TOM, TOM) == {"mail": 1}
    assert b"tom@example.org" not in path.read_bytes()
    assert b"robin@example.org" in path.read_bytes()
    assert files.erase(TOM, TOM) == {}
    assert len(files.export(Person(emails=frozenset({"robin@example.org"})))["mail"]) == 1


def test_reference_in_an_encoded_letter_is_found(mail):
    message = EmailMessage("Your visit", "attached", "c@example.org", ["clinic@example.org"])
    message.attach("visit.ics", b"SUMMARY:HM-7K3QW", "application/octet-stream")
    EmailBackend(file_path=str(mail)).send_messages([message])
    (path,) = mail.glob("*")
    assert b"HM-7K3QW" not in path.read_bytes(), "it is not encoded"
    assert files.erase(TOM, TOM) == {"mail": 1}
    assert not path.exists()


def test_old_files_go(mail):
    write(mail, ("tom@example.org", "see you"))
    assert files.purge(time.time() - 60) == {}
    assert files.purge(time.time() + 60) == {"mail": 1}
