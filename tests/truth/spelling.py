"""Spells types as the oracle does, so that two answers can be compared as text."""

from __future__ import annotations

from golint_concurrency.semantics.denote import underlying
from golint_concurrency.semantics.types import (
    VOID,
    Array,
    Chan,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    Union,
    Unknown,
)

UNKNOWN_PART = "?"
"""Stands in a spelling for what is not known."""


def spell(type_: Type) -> str:
    """`type_` with full import paths and without parameter names; "()" for no value."""
    if isinstance(type_, Unknown):
        return UNKNOWN_PART
    if isinstance(type_, Named):
        name = type_.qualified
        if type_.args:
            name += f"[{', '.join(map(spell, type_.args))}]"
        return name
    if isinstance(type_, Pointer):
        return f"*{spell(type_.elem)}"
    if isinstance(type_, Slice):
        return f"[]{spell(type_.elem)}"
    if isinstance(type_, Array):
        length = UNKNOWN_PART if type_.length is None else type_.length
        return f"[{length}]{spell(type_.elem)}"
    if isinstance(type_, Map):
        return f"map[{spell(type_.key)}]{spell(type_.elem)}"
    if isinstance(type_, Chan):
        return _channel(type_)
    if isinstance(type_, Signature):
        return "func" + _signature(type_)
    if isinstance(type_, Tuple):
        return "()" if type_ == VOID else f"({', '.join(map(spell, type_.items))})"
    if isinstance(type_, Struct):
        members = [
            spell(member.type) if member.embedded else f"{member.name} {spell(member.type)}"
            for member in type_.members
        ]
        return "struct{" + "; ".join(members) + "}"
    if isinstance(type_, Interface):
        return _interface(type_)
    return str(type_)


def _channel(type_: Chan) -> str:
    inner = spell(type_.elem)
    if type_.direction == "send":
        return f"chan<- {inner}"
    if type_.direction == "recv":
        return f"<-chan {inner}"
    if isinstance(type_.elem, Chan) and type_.elem.direction == "recv":
        return f"chan ({inner})"
    return f"chan {inner}"


def _signature(type_: Signature) -> str:
    params = [spell(param.type) for param in type_.params]
    if type_.variadic and params:
        last = type_.params[-1].type
        params[-1] = "..." + spell(last.elem if isinstance(last, Slice) else last)
    text = f"({', '.join(params)})"
    results = [spell(result.type) for result in type_.results]
    if len(results) == 1:
        return f"{text} {results[0]}"
    return f"{text} ({', '.join(results)})" if results else text


def _interface(type_: Interface) -> str:
    methods: dict[str, Signature] = {}
    constraint = False
    pending: list[Type] = [type_]
    for _ in range(64):
        if not pending:
            break
        part = underlying(pending.pop())
        if isinstance(part, Interface):
            methods.update(part.methods)
            pending.extend(part.embeds)
        elif isinstance(part, Unknown):
            return UNKNOWN_PART
        else:
            constraint = True
    parts = [name + _signature(methods[name]) for name in sorted(methods)]
    if constraint or any(isinstance(embed, Union) for embed in type_.embeds):
        parts.append("...")
    return "interface{" + "; ".join(parts) + "}" if parts else "any"
