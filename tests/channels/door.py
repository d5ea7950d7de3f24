"""The channels' own routes on loopback without the assistant behind them."""

from __future__ import annotations

import asyncio
import http.client
import threading
from collections.abc import Sequence
from types import SimpleNamespace

from sanic import Sanic

from frontdesk.channels.messaging import MessagingInput
from tests.stack import free_port


class Door:
    """Takes deliveries; there is no model, so that nothing is answered and all of it waits."""

    def __init__(self, channels: Sequence[MessagingInput]) -> None:
        self.port = free_port()
        self.app = Sanic("door", configure_logging=False)
        self.app.ctx.agent = SimpleNamespace(is_ready=lambda: False)
        for channel in channels:
            routes = channel.blueprint(lambda message: None)
            self.app.blueprint(routes, url_prefix=f"/webhooks/{channel.NAME}")
        self.loop = asyncio.new_event_loop()
        self.is_up = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.is_up.wait(20)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.serve())
        self.loop.run_forever()

    async def serve(self) -> None:
        self.server = await self.app.create_server(
            host="127.0.0.1", port=self.port, return_asyncio_server=True, access_log=False
        )
        await self.server.startup()
        await self.server.before_start()
        await self.server.after_start()
        self.is_up.set()

    def post(self, name: str, body: bytes, headers: dict[str, str]) -> int:
        self.connection.request("POST", f"/webhooks/{name}/webhook", body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def close(self) -> None:
        async def end() -> None:
            await self.server.before_stop()
            self.server.close()
            self.loop.stop()

        asyncio.run_coroutine_threadsafe(end(), self.loop)
        self.thread.join(10)
