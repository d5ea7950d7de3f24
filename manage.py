"""The console's own door: serve it, or run any other Django command."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from frontdesk.domain.errors import FrontdeskError


def main() -> None:
    """Run the command named on the command line; a wrong setting is told in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.console.settings")
    try:
        execute_from_command_line(sys.argv)
    except FrontdeskError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
