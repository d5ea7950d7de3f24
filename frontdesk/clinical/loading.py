"""Strict reading of the files under ``data/``: mistakes are named by file, entry and key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import cattrs
from cattrs.v import format_exception
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import YAMLError

from frontdesk.domain.errors import DataFileError

T = TypeVar("T")


def _strict_converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    return converter


def _exactly(kind: type) -> Any:
    def check(value: Any, wanted: Any) -> Any:
        if wanted is not kind:  # an enum of ours is a str, too
            return _member(value, wanted)
        if type(value) is not kind:
            raise ValueError(f"expected {kind.__name__}, found {type(value).__name__}")
        return value

    return check


def _member(value: Any, kind: Any) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(one.value for one in kind)
        raise ValueError(f"'{value}' is none of {known}") from error


_CONVERTER = _strict_converter()


def read_yaml(path: Path, key: str) -> dict[str, Any]:
    """Read one data file and return what stands under its one top-level key.

    Raises:
        DataFileError: unreadable YAML, a repeated key, another top-level key, or nothing inside.
    """
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except DuplicateKeyError as error:
        raise DataFileError(
            str(path), _where(error) + "a key is written twice; keep one"
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise DataFileError(str(path), f"{_where(error)}this is not valid YAML") from error
    if not isinstance(content, dict):
        raise DataFileError(str(path), f"expected one top-level key '{key}'")
    extra = sorted(str(name) for name in content if name not in (key, "version"))
    if extra:
        raise DataFileError(
            str(path), f"unknown top-level key; only '{key}' goes here", key=extra[0]
        )
    inside = content.get(key)
    if not isinstance(inside, dict) or not inside:
        raise DataFileError(str(path), "must hold at least one entry", key=key)
    return inside


def read_yaml_list(path: Path, key: str) -> list[dict[str, Any]]:
    """Read one of Rasa's files and return the blocks under its top-level key."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return list(content.get(key) or []) if isinstance(content, dict) else []


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: " if mark is not None else ""


def entries(folder: Path, kind: type[T]) -> dict[str, T]:
    """Read every file of a folder into one mapping from entry id to ``kind``.

    The folder's name is the top-level key of its files.

    Raises:
        DataFileError: as ``read_yaml`` and ``structure``; also an id in two files, or no file.
    """
    found: dict[str, T] = {}
    homes: dict[str, Path] = {}
    for path, entry, value in _raw_entries(folder):
        if entry in found:
            raise DataFileError(str(path), f"also written in {homes[entry].name}; keep one", entry)
        found[entry] = structure(path, entry, value, kind)
        homes[entry] = path
    if not found:
        raise DataFileError(str(folder), "no .yml file here")
    return found


def _raw_entries(folder: Path) -> Iterator[tuple[Path, str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        for entry, value in read_yaml(path, folder.name).items():
            yield path, str(entry), value


def structure(
    path: Path, entry: str, value: Any, kind: type[T], *, may_be_empty: bool = False
) -> T:
    """Turn one entry into its dataclass, refusing unknown keys, wrong kinds and empty lists.

    Raises:
        DataFileError: naming the file, the entry and the key.
    """
    empty = "" if may_be_empty else _empty_key(value)
    if empty:
        raise DataFileError(str(path), "is empty; fill it or remove the key", entry, empty)
    try:
        return _CONVERTER.structure(value, kind)
    except Exception as error:
        problem, key = _explain(error)
        raise DataFileError(str(path), problem, entry, key) from error


# a day the clinic is closed, and a clinical entry nobody has signed off yet
MAY_BE_EMPTY = frozenset({"Sunday", "reviewed_by", "reviewed_on"})


def _empty_key(value: Any) -> str:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in MAY_BE_EMPTY and (inner is None or inner in ("", {}, [])):
                return str(key)
            nested = _empty_key(inner)
            if nested:
                return f"{key}.{nested}"
    if isinstance(value, list):
        for inner in value:
            nested = _empty_key(inner)
            if nested:
                return nested
    return ""


def _explain(error: Exception) -> tuple[str, str]:
    # an unknown key first: a missing one is often the same key, misspelled
    messages = sorted(
        map(str, cattrs.transform_error(error, path="", format_exception=_told)),
        key=_is_extra,
        reverse=True,
    )
    message = messages[0]
    problem, _, place = message.partition(" @ ")
    key = place.strip(".").replace("['", ".").replace("']", "").strip(".")
    if _is_extra(problem):
        name = problem.partition("(")[2].rstrip(")")
        return "unknown key; correct or remove it", f"{key}.{name}" if key else name
    return problem, key


def _is_extra(message: str) -> bool:
    return message.startswith("extra fields found")


def _told(error: BaseException, kind: type | None) -> str:
    """Our own words of what is wrong with a value; cattrs would only name the kind."""
    own = str(error) if type(error) is ValueError else ""
    return own if own.startswith(("expected ", "'")) else str(format_exception(error, kind))
