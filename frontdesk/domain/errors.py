"""The errors this project raises, each with a code to log and no words a person wrote."""

from __future__ import annotations


class FrontdeskError(Exception):
    """Anything that goes wrong in a way we foresaw."""

    code = "frontdesk_error"


class DataFileError(FrontdeskError):
    """A file under ``data/`` that cannot be used; the start is refused.

    The message names the file, the entry and the key, and says how to mend it.
    """

    code = "data_file"

    def __init__(self, path: str, problem: str, entry: str = "", key: str = "") -> None:
        self.path, self.entry, self.key, self.problem = path, entry, key, problem
        place = ", ".join(
            part for part in (path, entry and f"entry '{entry}'", key and f"key '{key}'") if part
        )
        super().__init__(f"{place}: {problem}")


class SettingError(FrontdeskError):
    """An environment setting that cannot be used; the start is refused."""

    code = "setting"

    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name}: {problem}")


class UnknownTreatment(FrontdeskError):
    """A treatment id that is in none of the files of ``data/treatments/``."""

    code = "unknown_treatment"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no file in data/treatments/ describes '{name}'")
