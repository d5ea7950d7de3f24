"""Starts Rasa's server with our settings: loopback, a token on its API, a limit on waiting."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from frontdesk import log, settings
from frontdesk.domain.errors import SettingError


def endpoints() -> Path:
    """endpoints.yml, or a copy of it with the action server's port as set."""
    kept = settings.ROOT / "endpoints.yml"
    words = kept.read_text(encoding="utf-8")
    usual, port = settings.ACTIONS_PORT[1], settings.port(settings.ACTIONS_PORT)
    local = os.path.relpath(settings.local_folder(), settings.ROOT)
    changed = words.replace(f":{usual}/", f":{port}/").replace("db: .local/", f"db: {local}/")
    if changed == words:
        return kept
    copy = settings.local_folder() / "endpoints.yml"
    copy.write_text(changed, encoding="utf-8")
    return copy


def main() -> None:
    """Serve until stopped."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # one message keeps one core busy; more threads would only wait for each other
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    os.chdir(settings.ROOT)
    log.set_up()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from frontdesk.components import pause, remote_actions

    remote_actions.set_up()
    pause.set_up()
    given = os.environ.get("FRONTDESK_ENDPOINTS")
    try:
        rasa.core.run.serve_application(
            str(settings.models_folder()),
            credentials=os.environ.get("FRONTDESK_CREDENTIALS") or "credentials.yml",
            endpoints=AvailableEndpoints.read_endpoints(given or str(endpoints())),
            interface=settings.text("RASA_HOST", "127.0.0.1"),
            port=settings.port(settings.ASSISTANT_PORT),
            auth_token=settings.api_token(),
            enable_api=True,
        )
    except SettingError as error:
        sys.exit(f"Cannot start: {error}")


if __name__ == "__main__":
    main()
