"""What `make find` prints."""

from __future__ import annotations

import os
import subprocess
import sys

from frontdesk import settings
from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.reading import Considered, Reading
from frontdesk.commands import find
from frontdesk.domain.finding import Assertion, Finding, Subject
from tests.clinical.conftest import DATA, current_models
from tests.domain.examples import CONDITIONS, TREATMENTS

TEXT = "I take some pills, never others, and it throbs"
PRESENT, ABSENT, POSSIBLE = Assertion.PRESENT, Assertion.ABSENT, Assertion.POSSIBLE


def run(*words, **env):
    return subprocess.run(
        [sys.executable, "-m", "frontdesk.commands.find", *words],
        cwd=settings.ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )


def reading():
    """Of ``TEXT``: one present, one denied, one unsure, one said twice and one refused."""
    places = [(7, 17), (19, 31), (40, 46)]
    findings = [
        Finding("firm_only", PRESENT, Subject.CLIENT, "some pills"),
        Finding("never", ABSENT, Subject.CLIENT, "never others"),
        Finding("rf_now", POSSIBLE, Subject.CLIENT, "throbs", "meaning", 0.41, is_doubtful=True),
    ]
    considered = [
        Considered("firm_only", "words", "some pills", 7, 17, 1.0, "present, client"),
        Considered("firm_only", "words", "others", 25, 31, 1.0, "absent, client"),
        Considered("never", "words", "never others", 19, 31, 1, "absent, client", ("denied: no",)),
        Considered("rf_now", "meaning", "throbs", 40, 46, 0.41, "possible, client, asks"),
        Considered("mild", "meaning", "it throbs", 37, 46, 0.12, "refused: too unlikely"),
    ]
    return Reading(findings, places, considered)


def row(told, beginning):
    [line] = [line for line in told.splitlines() if line.startswith(beginning)]
    return line.split()


def test_report_tells_findings_refusals_and_verdicts():
    told = find.report(TEXT, reading(), CONDITIONS, TREATMENTS)
    found, _, rest = told.partition("considered and let go")
    assert found.startswith("I take [some pills], [never others], and it [throbs]\n")
    assert row(found, "id") == list(find.HEADINGS)
    assert row(found, "firm_only") == ["firm_only", "words", "100%", "present,", "client"]
    assert row(found, "never") == ["never", "words", "100%", "absent,", "client", "denied:", "no"]
    assert row(found, "rf_now") == ["rf_now", "meaning", "41%", "possible,", "client,", "asks"]
    assert "refused: too unlikely" in rest and "another statement of it counts" in rest
    assert row(rest, "deep_tissue") == ["deep_tissue", "avoid", "firm_only"]
    assert row(rest, "hot_stone") == ["hot_stone", "clear_first", "firm_only"]
    assert row(rest, "swedish") == ["swedish", "ok"]
    assert row(rest, "urgency") == ["urgency", "none"]


def test_report_says_when_nothing_was_found():
    told = find.report("hello", Reading(), CONDITIONS, TREATMENTS)
    assert told.startswith("hello\n\nNothing about health was found.\n")
    assert "considered" not in told


def test_marks_may_share_words_and_lie_in_each_other():
    assert find.marked("a b c", [(0, 5), (2, 3), (2, 3)]) == "[a [b] c]"
    assert find.marked("ab", [(0, 1), (1, 2)]) == "[a][b]"
    assert find.marked("nothing", []) == "nothing"


def test_columns_stand_under_each_other():
    assert find.table([("a", "bb", ""), ("ccc", "d", "e")]) == ["a    bb", "ccc  d   e"]


def test_what_is_missing_is_made_and_said(tmp_path, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(language, "build_if_stale", lambda data, target: made.append("reading"))
    monkeypatch.setattr(encoder, "convert", lambda target: made.append("encoder"))
    monkeypatch.setattr(encoder, "load", lambda folder: None)
    monkeypatch.setattr(meanings, "learn_if_stale", lambda *given: made.append("meanings"))
    find.prepare(tmp_path, DATA)
    assert made == ["reading", "encoder", "meanings"]
    told = capsys.readouterr().out
    assert [words in told for words in ("Reading the words", "Converting", "Learning")] == [
        True
    ] * 3


def test_what_is_current_is_left_alone(capsys):
    find.prepare(current_models(), DATA)
    assert capsys.readouterr().out == ""


def test_find_reads_a_message_without_rasa():
    done = run(
        "I'm on warfarin, no fever, my left calf is hot and swollen",
        FRONTDESK_MODELS=str(current_models()),
        FRONTDESK_DATA=str(DATA),
    )
    told = done.stdout
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert "[warfarin]" in told
    assert row(told, "deep_tissue")[1:3] == ["avoid", "blood_thinners,"]
    assert row(told, "fever")[3:5] == ["absent,", "client"]
    assert "denied: no" in told
    assert row(told, "urgency") == ["urgency", "same_day"]
    code = "import sys; from frontdesk.commands import find; sys.exit('rasa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=settings.ROOT).returncode == 0


def test_find_without_words_says_how():
    told = run()
    assert told.returncode == 1 and "make find TEXT=" in told.stderr


def test_mistake_in_data_is_named(tmp_path):
    for name in ("treatments", "vocabulary", "modifiers", "conditions"):
        (tmp_path / name).mkdir()
    (tmp_path / "treatments" / "thai.yml").write_text("treatments:\n  thai2: {titel: Thai}\n")
    told = run("hello", FRONTDESK_DATA=str(tmp_path), FRONTDESK_MODELS=str(tmp_path / "models"))
    assert told.returncode == 1
    for part in ("Cannot read", "thai.yml", "thai2", "titel"):
        assert part in told.stderr
    assert "Traceback" not in told.stderr
