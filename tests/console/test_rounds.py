"""Work in the background goes on, whatever fails."""

import threading

from frontdesk.console import rounds


def test_one_kind_of_work_does_not_wait_for_another_that_fails(monkeypatch, caplog):
    monkeypatch.setattr(rounds.logger, "handlers", [caplog.handler])
    monkeypatch.setattr(rounds, "AFTER_FAILURE", 0.0)
    done = threading.Semaphore(0)

    class Broken(rounds.Rounds):
        def __init__(self):
            super().__init__("broken", pause=0.01, seldom=0.0)

        def work(self):
            raise RuntimeError("the post is closed")

        def work_seldom(self):
            done.release()

    thread = Broken()
    thread.start()
    try:
        assert done.acquire(timeout=5) and done.acquire(timeout=5)
    finally:
        thread.stop()
        thread.join(5)
    assert not thread.is_alive()
    assert "broken failed and goes on" in caplog.text
