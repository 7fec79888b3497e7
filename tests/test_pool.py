"""Processes for pieces of work: order, deaths, many results."""

from __future__ import annotations

import os
import struct
from multiprocessing.connection import Connection

import pytest

from golint_concurrency import pool

pytestmark = pytest.mark.skipif(not pool.can_fork(), reason="closures are not picklable")


@pytest.mark.parametrize("processes", [1, 3])
def test_results_come_in_the_order_of_the_pieces(processes: int) -> None:
    assert pool.run(lambda n: n * n, range(9), processes) == [n * n for n in range(9)]


def test_each_piece_has_a_process_of_its_own() -> None:
    ids = pool.run(lambda _: os.getpid(), range(5), 2)
    assert len({*ids, os.getpid()}) == 6


def test_a_process_that_dies_leaves_the_others_alone() -> None:
    def work(number: int) -> int:
        if number == 1:
            os.kill(os.getpid(), 9)
        return number

    assert pool.run(work, range(4), 2) == [0, None, 2, 3]


def test_results_larger_than_a_pipe_come_through() -> None:
    found = pool.run(bytes, [10_000_000, 5_000_000], 2)
    assert [len(item or b"") for item in found] == [10_000_000, 5_000_000]


def test_no_pieces_give_no_results() -> None:
    assert pool.run(lambda n: n, [], 2) == []


def test_a_process_that_dies_while_it_tells_its_result_leaves_the_others_alone() -> None:
    def work(number: int) -> int:
        if number == 1:

            def half(connection: Connection, _value: object) -> None:
                os.write(connection.fileno(), struct.pack("!i", 1_000_000) + b"x" * 1000)
                os.kill(os.getpid(), 9)

            Connection._send_bytes = half  # type: ignore[attr-defined] # of this process alone
        return number

    assert pool.run(work, range(4), 2) == [0, None, 2, 3]
