"""The console starts on its settings, or says in one line why not."""

import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import ProxyHandler, build_opener

import pytest

from frontdesk.console import environment
from frontdesk.console.checks import check_chat_window, check_data
from frontdesk.domain.errors import SettingError
from frontdesk.settings import ROOT

SERVE = [sys.executable, "manage.py", "serve"]
ask = build_opener(ProxyHandler({})).open


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def surroundings(tmp_path, **given):
    return {**os.environ, "FRONTDESK_LOCAL": str(tmp_path), **given}


def refusal(tmp_path, **given):
    run = subprocess.run(
        SERVE,
        cwd=ROOT,
        env=surroundings(tmp_path, **given),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return run.stderr


def test_serve_says_where_and_stops_when_asked(tmp_path, port):
    env = surroundings(tmp_path, CONSOLE_PORT=str(port))
    with subprocess.Popen(
        SERVE, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as console:
        address = f"http://127.0.0.1:{port}/"
        assert console.stdout.readline() == f"Clinic page: {address}\n"
        nobody = "Note: nobody of the staff can log in yet: make staff NAME=maya\n"
        assert console.stdout.readline() == nobody
        with ask(address + "health/") as response:
            assert response.read() == b'{"status": "ok"}'
        with ask(f"http://localhost:{port}/") as response:
            assert b"Harbor Massage" in response.read()
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            visitor.sendall(b"GET /nowhere/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
            assert b"404" in visitor.recv(100)
        with socket.create_connection(("127.0.0.1", port)) as stranger:
            stranger.sendall(b"GET / HTTP/1.0\r\nHost: elsewhere.example\r\n\r\n")
            assert b"400" in stranger.recv(100)
        console.send_signal(signal.SIGTERM)
        out, err = console.communicate(timeout=10)
    assert console.returncode == 0
    assert out == ""
    assert len(err.splitlines()) == 1  # the foreign host name, without a trace
    assert "elsewhere.example" in err


def test_taken_port_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        said = refusal(tmp_path, CONSOLE_PORT=str(number))
    assert len(said.splitlines()) == 1
    assert f"CONSOLE_PORT: port {number} is taken" in said


def test_wrong_data_stops_the_start_with_its_file(tmp_path, data):
    data.replace("clinic/clinic.yml", "currency", "curency")
    said = refusal(tmp_path)
    assert "console.E001" in said
    assert "clinic.yml, entry 'curency'" in said
    assert "HINT" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONSOLE_PORT", "70000"),
        ("CONSOLE_HOST", "no.such.host.invalid"),
        ("FRONTDESK_CHAT_URL", "chat.example.com"),
    ],
)
def test_wrong_setting_is_said_in_one_line(tmp_path, name, value):
    said = refusal(tmp_path, **{name: value})
    assert name in said
    assert len(said.splitlines()) == 1


def test_check_names_file_and_key(data):
    data.replace("treatments/swedish.yml", "good_for:", "good_fro:")
    (error,) = check_data(None)
    assert error.id == "console.E001"
    assert re.search(r"swedish\.yml, entry 'swedish', key 'good_fro'", error.msg)
    assert "FRONTDESK_DATA" in error.hint


def test_check_wants_every_limit_to_rest_on_a_claim(data):
    data.replace("treatments/swedish.yml", "pregnancy: [B14]", "pregnancy: [B99]")
    (error,) = check_data(None)
    assert "B99" in error.msg


def test_check_wants_the_privacy_sentence(data):
    data.replace("clinic/facts.yml", "    privacy:", "    secrecy:")
    (error,) = check_data(None)
    assert error.id == "console.E002"


def test_check_misses_the_chat_window(settings, tmp_path):
    assert check_chat_window(None) == []
    settings.WIDGET_FOLDER = tmp_path
    (warning,) = check_chat_window(None)
    assert warning.id == "console.W001"


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://127.0.0.1:5005", "http://127.0.0.1:5005"),
        ("https://clinic.example/chat", "https://clinic.example"),
        ("http://[::1]:5005", "http://[::1]:5005"),
    ],
)
def test_origin_of_the_assistant(address, origin):
    assert environment.origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "ftp://chat.example",
        "https://",
        "https://chat.example; script-src *",
        "https://a.example https://b.example",
        "https://chat.example/a b",
        "https://user:secret@chat.example",
        "https://chat.example:port",
        "https://chat.example?x=1",
    ],
)
def test_address_that_is_none_is_refused(address):
    with pytest.raises(SettingError):
        environment.origin_of(address)


def test_chat_url_follows_the_assistants_port(monkeypatch):
    monkeypatch.delenv("FRONTDESK_CHAT_URL", raising=False)
    monkeypatch.setenv("RASA_PORT", "5105")
    assert environment.chat_url() == "http://127.0.0.1:5105"


def test_database_is_sqlite_unless_told(monkeypatch, tmp_path):
    monkeypatch.delenv("FRONTDESK_CONSOLE_DATABASE_URL", raising=False)
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))
    assert environment.database()["NAME"] == str(tmp_path / "console.db")


def test_database_of_postgresql(monkeypatch):
    url = "postgresql://front%40desk:p%2Fw@db.example:5433/console?sslmode=require"
    monkeypatch.setenv("FRONTDESK_CONSOLE_DATABASE_URL", url)
    described = environment.database()
    assert described["ENGINE"] == "django.db.backends.postgresql"
    assert described["USER"] == "front@desk"
    assert described["PASSWORD"] == "p/w"
    assert (described["HOST"], described["PORT"]) == ("db.example", "5433")
    assert described["NAME"] == "console"
    assert described["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["mysql://a:hush@b/c", "postgresql://a:hush@b/", "postgresql://a:hush@b:x/c"]
)
def test_wrong_database_is_refused_without_its_password(monkeypatch, url):
    monkeypatch.setenv("FRONTDESK_CONSOLE_DATABASE_URL", url)
    with pytest.raises(SettingError) as caught:
        environment.database()
    assert "hush" not in str(caught.value)


def test_console_key_is_not_the_visitors_key(monkeypatch):
    shared = "k" * 40
    monkeypatch.setenv("FRONTDESK_SECRET_KEY", shared)
    assert environment.signing_key() != shared
    assert len(environment.signing_key()) == 64
