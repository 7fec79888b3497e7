"""Reports of shards made one: byte for byte the report of a run that was not parted.

JSON and SARIF name the shard that they are of, and so do baselines; a set that lacks one is
refused, because what is missing would look like what is clean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from golint_concurrency import baseline, files, shard
from golint_concurrency.diagnostic import Severity

_MAX_BYTES = 1 << 30

Item = dict[str, Any]


class MergeError(Exception):
    """Reports that cannot be made one; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The report, the most severe finding in it, and whether a run failed."""

    content: bytes
    worst: Severity | None = None
    failed: bool = False


def merge(paths: Sequence[Path]) -> Merged:
    """The files at `paths`, which are all JSON, all SARIF or all baselines, in any order.

    Raises `MergeError`.
    """
    read = [(path, _read(path)) for path in paths]
    kinds = {_kind(path, data) for path, data in read}
    if len(kinds) > 1:
        raise MergeError(f"the reports are of different forms: {', '.join(sorted(kinds))}")
    kind = kinds.pop()
    try:
        shard.complete(_shard_of(path, kind, data) for path, data in read)
        read.sort(key=lambda item: shard.Shard.parse(_shard_of(item[0], kind, item[1])).number)
        return _MERGERS[kind]([path for path, _ in read], [data for _, data in read])
    except shard.ShardError as error:
        raise MergeError(str(error)) from error
    except baseline.BaselineError as error:
        raise MergeError(str(error)) from error
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise MergeError(f"a {kind} report is damaged ({type(error).__name__}: {error})") from error


def _read(path: Path) -> Item:
    try:
        data = json.loads(files.read(str(path), _MAX_BYTES))
    except files.Unreadable as error:
        raise MergeError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise MergeError(f"{path}: is no report in JSON, SARIF or form of a baseline") from error
    if not isinstance(data, dict):
        raise MergeError(f"{path}: is no report in JSON, SARIF or form of a baseline")
    return data


def _kind(path: Path, data: Item) -> str:
    if "runs" in data:
        return "SARIF"
    if "diagnostics" in data and "summary" in data:
        return "JSON"
    if "findings" in data:
        return "baseline"
    raise MergeError(f"{path}: is no report in JSON, SARIF or form of a baseline")


def _shard_of(path: Path, kind: str, data: Item) -> str:
    if kind == "SARIF":
        data = data["runs"][0].get("properties", {})
    name = data.get("shard")
    if not isinstance(name, str):
        raise MergeError(f"{path}: is not of a run with --shard")
    return name


# --- JSON


def _json(_paths: Sequence[Path], parts: Sequence[Item]) -> Merged:
    from golint_concurrency.report.json import document

    if any(part["version"] != parts[0]["version"] for part in parts) or any(
        part["tool"] != parts[0]["tool"] for part in parts
    ):
        raise MergeError("the reports are of different versions of golint-concurrency")
    found = sorted((item for part in parts for item in part["diagnostics"]), key=_position)
    problems = _problems([part["problems"] for part in parts], _problem_order)
    summary = {key: sum(part["summary"][key] for part in parts) for key in parts[0]["summary"]}
    content = document(
        parts[0]["tool"],
        [json.dumps(item) for item in found],
        [json.dumps(item) for item in problems],
        summary,
    )
    return Merged(
        content,
        max((Severity.from_label(item["severity"]) for item in found), default=None),
        any(item["fatal"] for item in problems),
    )


def _position(item: Item) -> tuple[str, int, int, str, str]:
    """As `Diagnostic.sort_key`."""
    start, end = item["start"]["offset"], item["end"]["offset"]
    return (item["path"], start, end, item["rule"], item["message"])


def _problem_order(item: Item) -> tuple[str, str]:
    return (item["path"], item["message"])


def _problems(parts: Sequence[list[Item]], order: Callable[[Item], Any]) -> list[Item]:
    """Problems with files are of one shard and come first, in order; those of all shards follow."""
    common = [item for item in parts[0] if all(item in part for part in parts[1:])]
    if len(parts) == 1:
        return common
    own = [item for part in parts for item in part if item not in common]
    return [*sorted(own, key=order), *common]


# --- SARIF


def _sarif(_paths: Sequence[Path], parts: Sequence[Item]) -> Merged:
    from golint_concurrency.report import sarif

    runs = [part["runs"][0] for part in parts]
    run = runs[0]
    for other in runs[1:]:
        if other["tool"] != run["tool"] or other["automationDetails"] != run["automationDetails"]:
            raise MergeError(
                "the reports are of different versions, rules or categories; they must come from "
                "runs with the same options"
            )
    results = [item for part in runs for item in part.pop("results")]
    results.sort(key=_file)  # each file's are in order already
    told = [part["invocations"][0].get("toolExecutionNotifications", []) for part in runs]
    notifications = _problems(told, _notification_order)
    good = all(part["invocations"][0]["executionSuccessful"] for part in runs)
    del run["properties"]
    run["invocations"][0]["executionSuccessful"] = good
    run["invocations"][0]["toolExecutionNotifications"] = notifications
    content = sarif.rendered(run, results)
    levels = (item["level"] for item in results if not item.get("suppressions"))
    return Merged(content, max(map(Severity.from_label, levels), default=None), not good)


def _file(result: Item) -> bytes:
    return _name(result["locations"][0])


def _notification_order(item: Item) -> tuple[bytes, str]:
    return (_name(item["locations"][0]) if item.get("locations") else b"", item["message"]["text"])


def _name(location: Item) -> bytes:
    uri: str = location["physicalLocation"]["artifactLocation"]["uri"]
    return unquote_to_bytes(uri.removeprefix("file://"))


# --- baselines


def _baseline(paths: Sequence[Path], _parts: Sequence[Item]) -> Merged:
    whole = baseline.read(paths[0])
    for path in paths[1:]:
        whole.findings += baseline.read(path).findings
    return Merged(baseline.render(whole))


_MERGERS = {"JSON": _json, "SARIF": _sarif, "baseline": _baseline}
