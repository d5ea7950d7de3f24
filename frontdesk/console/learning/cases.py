"""What the trained assistant must understand from now on: the cases of ``tests/learned.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import SequenceNode

from frontdesk.console.learning.choices import FLAG
from frontdesk.console.learning.editing import quoted
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.original import RED_FLAG
from frontdesk.console.learning.phrases import normal

KEY = "learned"
HEADER = (
    "# What staff corrected: each message must be understood like this by the running assistant.\n"
    "# `findings` must be found in it, those under `never` must not. See docs/learning.md.\n"
    f"{KEY}:\n"
)
STATED = ("present", "possible")


@dataclass(frozen=True, slots=True)
class Case:
    """One message with what must be understood; without an intent only its findings count."""

    text: str
    intent: str = ""
    findings: Sequence[Mapping[str, str]] = field(default=())
    never: Sequence[str] = ()

    @classmethod
    def of(cls, correction: Correction) -> Case:
        """The case of a correction."""
        judged = correction.findings
        findings = [*judged.get("missed", ()), *judged.get("kept", ())]
        told = [{key: one[key] for key in ("id", "assertion", "subject")} for one in findings]
        is_alarm = any(map(_is_alarm, told))
        intent = RED_FLAG if is_alarm else correction.intent
        return cls(correction.phrase, intent, tuple(told), tuple(judged.get("wrong", ())))

    def as_yaml(self) -> str:
        """As it stands in the file."""
        lines = [f"- text: {quoted(self.text)}"]
        if self.intent:
            lines.append(f"  intent: {self.intent}")
        if self.findings:
            lines.append("  findings:")
        for one in self.findings:
            told = ", ".join(f"{key}: {value}" for key, value in one.items())
            lines.append(f"  - {{{told}}}")
        if self.never:
            lines.append(f"  never: [{', '.join(self.never)}]")
        return "".join(f"{line}\n" for line in lines)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to check."""
        return not (self.intent or self.findings or self.never)


def read_cases(text: str) -> list[Case]:
    """The cases of a file."""
    content = YAML(typ="safe").load(text) if text.strip() else None
    return [_case(one) for one in (content or {}).get(KEY) or []]


def with_cases(text: str, cases: Iterable[Case]) -> str:
    """The file with more cases; an older one of the same message goes."""
    for case in cases:
        before = [one for one in read_cases(text) if normal(one.text) == normal(case.text)]
        if case in before:
            continue
        for one in before:
            text = _without(text, one)
        text = (text.rstrip("\n") + "\n" if text.strip() else HEADER) + case.as_yaml()
    return text


def _case(given: Mapping[str, Any]) -> Case:
    return Case(
        str(given["text"]),
        str(given.get("intent") or ""),
        tuple(dict(one) for one in given.get("findings") or ()),
        tuple(given.get("never") or ()),
    )


def _without(text: str, case: Case) -> str:
    """The file without one case; the others and all comments stay."""
    root: Any = YAML().compose(text)
    cases = next(value for name, value in root.value if name.value == KEY)
    assert isinstance(cases, SequenceNode)  # it holds this case
    number = read_cases(text).index(case)
    lines = text.splitlines(keepends=True)
    starts = [node.start_mark.line for node in cases.value] + [len(lines)]
    return "".join(lines[: starts[number]] + lines[starts[number + 1] :])


def is_stated(finding: Mapping[str, str]) -> bool:
    """Whether somebody has it, or may."""
    return finding["assertion"] in STATED


def _is_alarm(finding: Mapping[str, str]) -> bool:
    return finding["id"].startswith(FLAG) and is_stated(finding) and finding["subject"] == "client"
