"""Work in processes of its own, one for each piece.

A program's trees are cyclic and large: to take them apart again costs a third of a run, and what
is left over of the heap is never given back. A process that ends after its piece pays for
neither. Where processes can fork, what was loaded before is shared and starting one costs a few
milliseconds.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import TypeVar, cast

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def can_fork() -> bool:
    """True where a new process starts as a copy of this one."""
    return "fork" in multiprocessing.get_all_start_methods()


def run(
    work: Callable[[Piece], Result],
    pieces: Sequence[Piece],
    processes: int,
    done: Callable[[int], None] = lambda _at: None,
) -> list[Result | None]:
    """What `work` gives for each of `pieces`, in their order; at most `processes` run at once.

    `done` is told the number of each piece when it is finished.
    None stands for the result of a process that died. Without fork, `work` must be picklable.
    """
    context = multiprocessing.get_context("fork" if can_fork() else None)
    results: list[Result | None] = [None] * len(pieces)
    running: dict[Connection, tuple[int, multiprocessing.process.BaseProcess]] = {}
    gc.collect()
    gc.freeze()  # children must not copy what is shared only to look at it
    try:
        waiting = iter(enumerate(pieces))
        while True:
            while len(running) < processes and (item := next(waiting, None)) is not None:
                _start(context, work, item, running)
            if not running:
                return results
            for ready in wait(list(running)):
                connection = cast(Connection, ready)
                index, process = running.pop(connection)
                # It died, perhaps in the middle of its result, or could not tell it.
                with contextlib.suppress(EOFError, OSError):
                    results[index] = connection.recv()
                connection.close()
                process.join()
                done(index)
    finally:
        gc.unfreeze()
        for connection, (_, process) in running.items():
            process.terminate()
            process.join()
            connection.close()


def _start(
    context: BaseContext,
    work: Callable[[Piece], Result],
    item: tuple[int, Piece],
    running: dict[Connection, tuple[int, multiprocessing.process.BaseProcess]],
) -> None:
    here, there = context.Pipe(duplex=False)
    # A forked child holds our ends too, and would wait for ever to be read if we were gone.
    ours = [here, *running] if can_fork() else []
    process = context.Process(target=_child, args=(there, ours, work, item[1]), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()  # so that the end of the process ends the pipe
    running[here] = (item[0], process)


def _child(
    connection: Connection,
    others: list[Connection],
    work: Callable[[Piece], Result],
    piece: Piece,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent gets it too, and ends us
    for other in others:
        other.close()
    gc.disable()  # nothing is worth collecting before the process ends
    connection.send(work(piece))
    connection.close()
