"""Strongly connected components of a graph that is found while walking it, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def components(
    start: N, successors: Callable[[N], Iterable[N]], done: Callable[[N], bool]
) -> list[list[N]]:
    """Components reachable from `start`, each after all that it leads to (Tarjan).

    Nodes for which `done` holds are left out and not followed: their answer is known already.
    """
    if done(start):
        return []
    first = _pending(start, successors)
    if all(done(other) for other in first):
        return [[start]]  # as most do, whoever is asked first
    found: list[list[N]] = []
    number: dict[N, int] = {start: 0}
    low: dict[N, int] = {start: 0}
    open_: list[N] = [start]
    is_open: set[N] = {start}
    work: list[tuple[N, list[N]]] = [(start, first)]
    while work:
        node, pending = work[-1]
        if pending:
            other = pending.pop()
            if other in is_open:
                low[node] = min(low[node], number[other])
            elif other not in number and not done(other):
                number[other] = low[other] = len(number)
                open_.append(other)
                is_open.add(other)
                work.append((other, _pending(other, successors)))
            continue
        work.pop()
        if work:
            above = work[-1][0]
            low[above] = min(low[above], low[node])
        if low[node] == number[node]:
            component: list[N] = []
            while True:
                member = open_.pop()
                is_open.discard(member)
                component.append(member)
                if member == node:
                    break
            component.reverse()
            found.append(component)
    return found


def _pending(node: N, successors: Callable[[N], Iterable[N]]) -> list[N]:
    pending = list(successors(node))
    pending.reverse()
    return pending
