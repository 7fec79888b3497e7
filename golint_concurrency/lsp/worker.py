"""One thread that does all the linting: what the user waits for first, the rest when it is idle."""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

R = TypeVar("R")
IDLE = 1.0
"""Seconds without work after which garbage is collected; never in the middle of an answer."""
GARBAGE = 1_000_000
"""Objects made since then that make it happen before the next work in the background."""


class Worker:
    """Runs functions in the order: urgent ones as they came, then the others.

    Work in the background comes in small steps, so that an urgent call never waits long.
    """

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._urgent: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._later: dict[object, Callable[[], Any]] = {}
        self._ready = threading.Condition()
        self._stopped = False
        self._dirty = False
        self._thread = threading.Thread(target=self._run, name="lint", daemon=True)

    def start(self) -> None:
        """Begin to work. The collector is off from here on in the whole process."""
        gc.collect()
        gc.freeze()  # rules and modules stay: no need to walk them ever again
        gc.disable()
        self._thread.start()

    def stop(self) -> None:
        """End after the function that is running; what waits is dropped."""
        with self._ready:
            self._stopped = True
            self._later.clear()
            while self._urgent:
                self._urgent.popleft()[0].cancel()
            self._ready.notify()

    def call(self, function: Callable[[], R]) -> Future[R]:
        """Run `function` before everything in the background."""
        future: Future[R] = Future()
        with self._ready:
            if self._stopped:
                future.cancel()
            else:
                self._urgent.append((future, function))
                self._ready.notify()
        return future

    def later(self, key: object, function: Callable[[], Any]) -> None:
        """Run `function` when nothing urgent waits, in place of an older one with the same key."""
        with self._ready:
            if not self._stopped:
                self._later.pop(key, None)
                self._later[key] = function
                self._ready.notify()

    def _run(self) -> None:
        while True:
            with self._ready:
                while not (self._urgent or self._later or self._stopped):
                    if not self._ready.wait(IDLE if self._dirty else None) and self._dirty:
                        gc.collect()
                        self._dirty = False
                if self._stopped:
                    return
                future: Future[Any] | None = None
                if self._urgent:
                    future, function = self._urgent.popleft()
                else:
                    key = next(iter(self._later))
                    function = self._later.pop(key)
            self._dirty = True
            self._do(future, function)
            if gc.get_count()[0] > GARBAGE and not self._urgent:
                gc.collect()

    def _do(self, future: Future[Any] | None, function: Callable[[], Any]) -> None:
        if future is not None and not future.set_running_or_notify_cancel():
            return
        try:
            result = function()
        except BaseException as error:
            if future is not None:
                future.set_exception(error)
            else:
                self._failed(error)
        else:
            if future is not None:
                future.set_result(result)
