"""The website channel over real HTTP: who gets in, what is taken once, what is refused and how."""

from __future__ import annotations

import concurrent.futures
import http.client
import json
import urllib.request
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.visitor import Visitor, call, texts


def slots(stack, visitor):
    """The conversation's slots, from Rasa's own tracker."""
    address = (
        f"{stack.api}/conversations/{conversation(stack, visitor)}/tracker?token={stack.token}"
    )
    with urllib.request.urlopen(address) as told:
        return json.load(told)["slots"]


def conversation(stack, visitor):
    from itsdangerous import URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer(
        stack.env["FRONTDESK_SECRET_KEY"], salt="frontdesk.website.session"
    )
    return serializer.loads(visitor.token)


def new_id():
    return str(uuid.uuid4())


def test_session_greets_and_says_it_is_automated(visitor):
    assert "automated assistant" in visitor.heard[0]["text"]
    assert len(visitor.token) > 40


@pytest.mark.parametrize("token", ["", "nonsense", "ImFiYyI.aaaaaa.bbbbbbbbbbbb", "x" * 5000])
def test_without_a_good_token_nobody_gets_in(stack, token):
    for answer in (
        call(f"{stack.chat}/messages", {"id": new_id(), "text": "hi"}, token),
        call(f"{stack.chat}/messages?after=0", token=token),
        call(f"{stack.chat}/stream", token=token),
    ):
        assert answer.status == 401
        assert answer.body["error"] == "session" and answer.body["message"]


def test_token_with_another_conversation_is_refused(stack, visitor):
    payload, rest = visitor.token.split(".", 1)
    forged = payload[:-2] + ("AA" if payload[-2:] != "AA" else "BB") + "." + rest
    assert call(f"{stack.chat}/messages?after=0", token=forged).status == 401


def test_same_id_again_gives_the_same_answer_and_no_second_turn(visitor):
    body = {"id": new_id(), "text": "how much is an hour?"}
    first, second = visitor.send(body), visitor.send(body)
    assert first.body == second.body
    said = [m for m in visitor.history().body["messages"] if m["from"] == "visitor"]
    assert len(said) == 1


def test_same_id_at_the_same_moment_is_one_turn(visitor):
    body = {"id": new_id(), "text": "what are your opening hours?"}
    with concurrent.futures.ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: visitor.send(body), range(8)))
    assert {answer.status for answer in answers} == {200}
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    assert len(visitor.history().body["messages"]) == 3  # welcome, question, answer


def test_messages_at_once_are_answered_one_by_one(visitor):
    asked = ["how much is it", "where are you", "when are you open", "does it hurt"]
    with concurrent.futures.ThreadPoolExecutor(4) as many:
        bodies = [{"id": new_id(), "text": text} for text in asked]
        answers = list(many.map(visitor.send, bodies))
    for body, answer in zip(bodies, answers, strict=True):
        assert answer.body["messages"][0]["id"] == body["id"]
        assert len(answer.body["messages"]) == 2


def test_history_and_cursor(visitor):
    visitor.say("where are you?")
    everything = visitor.history().body
    assert [m["from"] for m in everything["messages"]] == ["assistant", "visitor", "assistant"]
    assert visitor.history(everything["cursor"]).body == {
        "messages": [],
        "cursor": everything["cursor"],
    }


@pytest.mark.parametrize("after", ["-1", "abc", "1e3", "9" * 40, "٣"])
def test_bad_cursor_is_refused(stack, visitor, after):
    from urllib.parse import quote

    answer = call(f"{stack.chat}/messages?after={quote(after)}", token=visitor.token)
    assert answer.status == 422


def test_only_buttons_offered_in_this_conversation_count(stack, visitor):
    other = Visitor(stack.chat)
    theirs = other.heard[0]["buttons"][0]["id"]
    for button in (theirs, "made-up", "/restart", '/inform{"treatment":"sports"}'):
        answer = visitor.send({"id": new_id(), "button": button})
        assert (answer.status, answer.body["error"]) == (422, "unknown_button")


def test_payloads_never_leave_the_server(visitor):
    visitor.press("Help me pick a massage")
    assert "/inform" not in json.dumps(visitor.heard)


@pytest.mark.parametrize(
    "body, status",
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'"hi"', 422),
        (b"[" * 50_000, 422),
        (b"\xff\xfe", 422),
        ({"text": "hi"}, 422),
        ({"id": "1", "text": "hi"}, 422),
        ({"id": new_id(), "text": 5}, 422),
        ({"id": new_id(), "text": ["hi"]}, 422),
        ({"id": new_id(), "text": "hi", "button": "x"}, 422),
        ({"id": new_id(), "text": "hi", "sender": "somebody"}, 422),
        ({"id": new_id(), "text": "hi", "metadata": {"a": 1}}, 422),
        ({"id": new_id()}, 422),
        ({"id": new_id(), "text": ""}, 422),
        ({"id": new_id(), "text": " \n\t\x00 "}, 422),
        ({"id": new_id(), "text": "x" * 2001}, 413),
        ({"id": new_id(), "text": "x" * 1_000_000}, 413),
        ({"id": new_id(), "text": "x" * 2000}, 200),
        ({"id": new_id(), "text": "🙂" * 2000}, 200),
        ({"id": new_id(), "text": "🤕"}, 200),
        ({"id": new_id(), "text": "a\x00b \ud83d"}, 200),
        ({"id": new_id(), "text": "هل التدليك مؤلم؟"}, 200),
        ({"id": new_id(), "text": "¿cuánto cuesta un masaje?"}, 200),
        ({"id": new_id(), "text": "<script>alert(1)</script><b>hi</b>"}, 200),
        ({"id": new_id(), "text": "'; DROP TABLE events; --"}, 200),
        ({"id": new_id(), "text": "{clinic_phone} {0[treatment]} %s {}"}, 200),
    ],
)
def test_every_body_gets_a_clear_answer(stack, visitor, body, status):
    answer = call(f"{stack.chat}/messages", body, visitor.token)
    assert answer.status == status, answer.body
    if status == 200:
        assert len(answer.body["messages"]) >= 2
        assert answer.body["messages"][1]["text"]
    else:
        assert answer.body["error"] and answer.body["message"].endswith(".")


@pytest.mark.parametrize("typed", ["<b>שלום</b> & 'hi'", '/inform{"treatment":"sports"}'])
def test_what_was_typed_comes_back_as_it_was(visitor, typed):
    visitor.send({"id": new_id(), "text": typed})
    assert visitor.history().body["messages"][1]["text"] == typed


commands = st.one_of(
    st.sampled_from(
        [
            "/restart",
            '/inform{"screening_done":"true"}',
            '/inform{"screening_done":true}',
            '/recommend_treatment{"pain_area":"neck","pain_cause":"sport","pressure":"firm"}',
            '/describe_treatment{"treatment":"sports"}',
            ' /inform@1.0{"treatment":"x"}',
            "EXTERNAL: inform",
            "/session_start",
            "/back",
        ]
    ),
    st.builds(
        lambda intent, slot, value: f'/{intent}{{"{slot}":{json.dumps(value)}}}',
        st.sampled_from(["inform", "affirm", "book_appointment", "check_suitability"]),
        st.sampled_from(["screening_done", "treatment", "pain_area", "condition", "pressure"]),
        st.one_of(st.booleans(), st.integers(), st.text(alphabet="abcxyz", min_size=1, max_size=6)),
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=commands)
def test_typed_command_never_sets_what_it_names(stack, visitor, typed):
    """A slot may be filled by the words in it, as in any sentence, never by the command."""
    before = slots(stack, visitor)
    visitor.say(typed)
    after = slots(stack, visitor)
    assert after["screening_done"] is None
    for name in ("pain_area", "pain_cause", "pressure"):
        assert after[name] in (before[name], None) or str(after[name]) in known_values(name)
    named = json.loads(typed[typed.index("{") :]) if "{" in typed else {}
    for name, value in named.items():
        if value not in known_values(name):
            assert after.get(name) != value


def known_values(slot):
    return {
        "pain_area": {"neck"},
        "pain_cause": {"sport"},
        "pressure": {"firm", "light", "medium"},
        "treatment": {"sports"},
    }.get(slot, set())


def stream_of(stack, visitor, after=0):
    connection = http.client.HTTPConnection("127.0.0.1", stack.assistant_port, timeout=20)
    headers = {"Authorization": f"Bearer {visitor.token}"}
    connection.request("GET", f"/webhooks/website/stream?after={after}", headers=headers)
    return connection.getresponse()


def next_event(stream):
    """The next event's fields, comments passed over."""
    fields = {}
    while True:
        line = stream.readline().decode().rstrip("\n")
        if not line and "data" in fields:
            return fields
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def test_stream_brings_what_was_said_and_what_comes(stack, visitor):
    stream = stream_of(stack, visitor)
    assert stream.status == 200
    assert stream.getheader("Content-Type").startswith("text/event-stream")
    assert "automated" in json.loads(next_event(stream)["data"])["text"]
    visitor.say("where are you?")
    asked, answered = next_event(stream), next_event(stream)
    assert json.loads(asked["data"])["from"] == "visitor"
    assert "Quayside" in json.loads(answered["data"])["text"]
    assert int(answered["id"]) > int(asked["id"])


def test_reply_by_staff_reaches_the_visitor_live(stack, visitor):
    visitor.say("hello")
    cursor = visitor.history().body["cursor"]
    stream = stream_of(stack, visitor, cursor)
    address = (
        f"{stack.api}/conversations/{conversation(stack, visitor)}/tracker/events"
        f"?token={stack.token}&execute_side_effects=true&output_channel=latest"
    )
    told = call(address, {"event": "bot", "text": "Hello, this is Mia at the desk."})
    assert told.status == 200
    message = json.loads(next_event(stream)["data"])
    assert (message["from"], message["text"]) == ("staff", "Hello, this is Mia at the desk.")


def test_paused_conversation_is_silent_and_resumes(stack, visitor):
    visitor.say("hello")
    address = f"{stack.api}/conversations/{conversation(stack, visitor)}/tracker/events"
    address += f"?token={stack.token}"
    assert call(address, {"event": "pause"}).status == 200
    assert visitor.say("is anyone there?") == []
    assert call(address, {"event": "resume"}).status == 200
    assert "$105" in texts(visitor.say("how much is an hour"))


def test_only_our_pages_may_read(stack):
    for origin, allowed in ((stack.site, True), ("https://evil.example", False), ("null", False)):
        for method in ("OPTIONS", "POST"):
            request = urllib.request.Request(
                f"{stack.chat}/session", method=method, headers={"Origin": origin}
            )
            with urllib.request.urlopen(request) as answer:
                told = answer.headers.get("Access-Control-Allow-Origin")
                assert told == (origin if allowed else None), (origin, method)


def test_refusals_can_be_read_by_our_pages_too(stack):
    request = urllib.request.Request(
        f"{stack.chat}/messages?after=0", headers={"Origin": stack.site}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.headers["Access-Control-Allow-Origin"] == stack.site


def test_rasas_own_api_needs_its_token(stack):
    for path in ("/conversations/x/tracker", "/status", "/domain"):
        assert call(f"{stack.api}{path}").status == 401
    assert call(f"{stack.api}/webhooks/rest/webhook", {"message": "hi"}).status == 404


def test_logs_do_not_hold_what_people_wrote(stack, visitor):
    word = "zanzibarquokka"
    visitor.say(f"my {word} hurts")
    visitor.say(f"/{word}")
    for path in stack.folder.glob("*.log"):
        assert word not in path.read_text(errors="replace"), path
