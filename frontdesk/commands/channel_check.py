"""Says whether a messaging channel works from end to end, and what nobody here can tell."""

from __future__ import annotations

import argparse
import asyncio
import sys
from urllib.parse import urlencode

from frontdesk import settings
from frontdesk.channels import credentials, telegram
from frontdesk.channels.delivery import Carrier, Told, TryLater
from frontdesk.channels.heard import dig, word
from frontdesk.channels.probes import PROBES, Probe, path
from frontdesk.domain.errors import SettingError

GOOD, BAD, UNKNOWN = "ok     ", "FAILED ", "unknown"


class Check:
    """The findings about one channel, printed as they come."""

    def __init__(self, name: str, keys: dict[str, str], probe: Probe, carrier: Carrier) -> None:
        self._name, self._keys, self._probe, self._carrier = name, keys, probe, carrier
        self._public = settings.assistant_url()
        local = f"http://127.0.0.1:{settings.port(settings.ASSISTANT_PORT)}"
        self._address = f"{self._public or local}{path(name)}"
        self.is_well = True

    def _tell(self, verdict: str, what: str) -> None:
        print(f"  {verdict}  {what}")
        self.is_well = self.is_well and verdict != BAD

    async def _ask(self, method: str, url: str, headers: dict[str, str]) -> Told | None:
        try:
            return await self._carrier.call(url, method=method, headers=headers)
        except TryLater:
            return None

    async def token(self) -> None:
        """Does the provider know our token?"""
        told = await self._ask(self._probe.method, self._probe.url, self._probe.headers)
        if told is None:
            self._tell(UNKNOWN, "the token: the provider cannot be reached from here")
        elif told.status == 200 and dig(told.body, "ok") is not False:
            self._tell(GOOD, "the provider takes our token")
        else:
            self._tell(BAD, f"the provider refuses our token (status {told.status})")

    async def door(self) -> None:
        """Does the assistant take a signed delivery, and refuse one that is not?"""
        for headers, expected, what in (
            (self._probe.signed, 200, "a signed delivery is taken"),
            ({"Content-Type": self._probe.signed["Content-Type"]}, 403, "an unsigned one is not"),
        ):
            status = await self._deliver(headers)
            if status is None:
                self._tell(UNKNOWN, f"{what}: {self._address} cannot be reached from here")
            elif status == expected:
                self._tell(GOOD, f"{what} at {self._address}")
            else:
                self._tell(BAD, f"{what}: {self._address} answered {status}, not {expected}")
        if self._probe.asked:
            told = await self._ask("GET", f"{self._address}?{urlencode(self._probe.asked)}", {})
            verdict = GOOD if told and told.status == 200 else BAD if told else UNKNOWN
            self._tell(verdict, "Meta's look at the address is answered")
        if not self._public:
            self._tell(UNKNOWN, "the public address: FRONTDESK_ASSISTANT_URL is not set")

    async def _deliver(self, headers: dict[str, str]) -> int | None:
        try:
            told = await self._carrier.call(self._address, data=self._probe.body, headers=headers)
        except TryLater:
            return None
        return told.status

    async def webhook(self, *, register: bool) -> None:
        """Does Telegram deliver to us? Only Telegram can be asked, and told."""
        if self._name != "telegram":
            if register:
                self._tell(UNKNOWN, "registering: only Telegram's webhook can be set from here")
            return
        base = self._probe.url.removesuffix("getMe")
        if register:
            await self._register(base)
        told = await self._ask("GET", f"{base}getWebhookInfo", {})
        found = word(told and told.body, "result", "url")
        if told is None:
            self._tell(UNKNOWN, "the webhook: Telegram cannot be reached from here")
        elif self._public and found == self._address:
            problem = word(told.body, "result", "last_error_message")
            last = f"; its last error: {problem}" if problem else ""
            self._tell(GOOD, f"Telegram delivers there{last}")
        else:
            self._tell(BAD, f"Telegram delivers to {found or 'nobody'}: ARGS=--register sets it")

    async def _register(self, base: str) -> None:
        if not self._public:
            self._tell(BAD, "registering: FRONTDESK_ASSISTANT_URL is not set")
            return
        wish = {
            "url": self._address,
            "secret_token": self._keys[telegram.SECRET],
            "allowed_updates": list(telegram.EVENTS),
            "max_connections": 20,
        }
        try:
            told = await self._carrier.call(f"{base}setWebhook", json=wish)
        except TryLater:
            self._tell(UNKNOWN, "registering: Telegram cannot be reached from here")
            return
        is_set = told.status == 200 and dig(told.body, "ok") is True
        self._tell(GOOD if is_set else BAD, "the webhook is registered with Telegram")


async def check(name: str, *, register: bool) -> bool:
    """Check one channel and print what was found.

    Raises:
        SettingError: its settings cannot be used.
    """
    channel, probe_of = PROBES[name]
    keys = credentials.read(channel.NEEDS)
    print(f"{name}:")
    if keys is None:
        print(f"  off      set {', '.join(channel.NEEDS)} to turn it on")
        return True
    channel(keys)  # refuses what the start would refuse
    print(f"  ok       {', '.join(channel.NEEDS)} are set")
    probe, carrier = probe_of(keys), Carrier()
    found = Check(name, dict(keys), probe, carrier)
    try:
        await found.token()
        await found.door()
        await found.webhook(register=register)
    finally:
        await carrier.close()
    if probe.unknown:
        print(f"  {UNKNOWN}  {probe.unknown}")
    return found.is_well


def main() -> None:
    """Check the channels named, or all; the exit code tells whether something failed."""
    parser = argparse.ArgumentParser(prog="make channel-check", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(PROBES))
    parser.add_argument("--register", action="store_true", help="set Telegram's webhook first")
    arguments = parser.parse_args()
    names = [arguments.name] if arguments.name else sorted(PROBES)
    is_well = True
    for name in names:
        try:
            is_well &= asyncio.run(check(name, register=arguments.register))
        except SettingError as error:
            print(f"  {BAD}  {error}")
            is_well = False
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
