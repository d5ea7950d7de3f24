"""Has Rasa validate domain, rules, stories and phrases; any warning counts."""

from __future__ import annotations

import os
import subprocess
import sys

from frontdesk import settings
from frontdesk.clinical import language
from frontdesk.domain.errors import FrontdeskError


def main() -> None:
    """Validate, showing Rasa's words only when it objects."""
    try:
        language.build_if_stale(settings.data_folder(), settings.models_folder() / "reading")
    except FrontdeskError as error:
        sys.exit(f"Cannot validate: {error}")
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    command += ["--data", str(settings.data_folder())]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, env=os.environ | quiet, cwd=settings.ROOT, capture_output=True)
    if done.returncode:
        told = (done.stdout + done.stderr).decode("utf-8", "replace").replace("\r", "\n")
        print("\n".join(told.splitlines()[-40:]), file=sys.stderr)
        sys.exit("Rasa's validation found something")
    print("rasa data validate: no warning")


if __name__ == "__main__":
    main()
