"""One thread that does all the linting: what the user waits for first, the rest when it is idle."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from typing import Any, TypeVar

R = TypeVar("R")
IDLE = 1.0
"""Seconds without work after which garbage is collected."""
LITTLE, MUCH = 20_000, 400_000
"""Objects made since it was: fewer than `LITTLE` are not worth it; `MUCH` are collected between any
two pieces of work in the background."""
SWITCH = 0.0005
"""Seconds after which this thread lets the protocol's thread on. That hands every message around
several times before it is read: with Python's 5 ms, 30 ms go by while there is background work."""


class Interrupted(BaseException):
    """Work makes way for what is more urgent, or nobody waits for it any longer."""


@dataclass(slots=True, eq=False)
class _Work:
    function: Callable[[], Any]
    urgent: bool
    future: Future[Any] = field(default_factory=Future)


class Worker:
    """Runs functions in the order: urgent ones as they came, then the others.

    Work comes in small steps, and calls `pause` between them, so that an urgent call never waits
    long.
    """

    def __init__(self) -> None:
        self._urgent: deque[_Work] = deque()
        self._later: dict[object, _Work] = {}
        self._ready = threading.Condition()
        self._stopped = False
        self._answered = False
        self._current: _Work | None = None
        self._thread = threading.Thread(target=self._run, name="lint", daemon=True)

    def start(self) -> None:
        """Begin to work. The collector is off from here on in the whole process."""
        gc.collect()
        gc.freeze()  # rules and modules stay: no need to walk them ever again
        gc.disable()
        sys.setswitchinterval(SWITCH)
        self._thread.start()

    def stop(self) -> None:
        """End after the function that is running; what waits is dropped."""
        with self._ready:
            self._stopped = True
            waiting = [*self._urgent, *self._later.values()]
            self._urgent.clear()
            self._later.clear()
            self._ready.notify()
        for work in waiting:
            work.future.cancel()

    def call(self, function: Callable[[], R]) -> Future[R]:
        """Run `function` before everything in the background.

        If the future is cancelled while it runs, it ends where it calls `pause`.
        """
        work = _Work(function, urgent=True)
        with self._ready:
            if not self._stopped:
                self._urgent.append(work)
                self._ready.notify()
                return work.future
        work.future.cancel()
        return work.future

    def later(self, key: object, function: Callable[[], R]) -> Future[R]:
        """Run `function` when nothing urgent waits, in place of an older one with the same key.

        Where it calls `pause` it may be interrupted, and is then run again from its start.
        """
        work = _Work(function, urgent=False)
        with self._ready:
            dropped: _Work | None = work
            if not self._stopped:
                dropped = self._later.pop(key, None)
                self._later[key] = work
                self._ready.notify()
        if dropped is not None:
            dropped.future.cancel()
        return work.future

    def answered(self) -> None:
        """Somebody has just got what he waited for: the best moment to collect garbage, which keeps
        everything else waiting."""
        with self._ready:
            self._answered = True
            self._ready.notify()

    def pause(self) -> None:
        """A step of the work is done: raises `Interrupted` if it shall not go on now."""
        work = self._current
        if work is not None:
            makes_way = not work.urgent and (bool(self._urgent) or self._answered)
            if makes_way or self._stopped or work.future.cancelled():
                raise Interrupted

    def _run(self) -> None:
        while True:
            with self._ready:
                idle = False
                while not (self._urgent or self._later or self._stopped or self._answered or idle):
                    worth_it = gc.get_count()[0] > LITTLE
                    idle = not self._ready.wait(IDLE if worth_it else None)
                if self._stopped:
                    return
                key: object = None
                work: _Work | None = None
                if self._urgent:
                    work = self._urgent.popleft()
                elif self._later and not (self._answered or gc.get_count()[0] > MUCH):
                    key = next(iter(self._later))
                    work = self._later.pop(key)
                else:
                    self._answered = False
            if work is not None:
                self._do(key, work)
            elif gc.get_count()[0] > LITTLE:
                gc.collect()

    def _do(self, key: object, work: _Work) -> None:
        """Run and tell what came of it, if anybody still waits for that."""
        if work.future.cancelled():
            return
        self._current = work
        with contextlib.suppress(InvalidStateError):  # cancelled in this moment
            try:
                result = work.function()
            except Interrupted:
                with self._ready:
                    if not (work.urgent or self._stopped or work.future.cancelled()):
                        self._later.setdefault(key, work)
            except BaseException as error:
                work.future.set_exception(error)
            else:
                work.future.set_result(result)
        self._current = None
