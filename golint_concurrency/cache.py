"""Results of earlier runs on disk: one SQLite file, bounded in size, safe to lose at any time.

Nothing here is trusted or needed: a file that cannot be used is thrown away, an entry that cannot
be read counts as missing, and a disk that is full leaves the cache as it was.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import zlib
from pathlib import Path
from typing import Any

from golint_concurrency.places import cache_directory

NAME = "results.sqlite3"
MAX_BYTES = 200_000_000
_FORMAT = 2
_DAY = 86_400


class Cache:
    """Entries by key; an entry is what it depends on (None: on nothing), and a result, both as JSON
    values."""

    def __init__(self, directory: Path | None = None) -> None:
        self.path = (directory or cache_directory()) / NAME
        self.rebuilt = False
        """True if a file was there that could not be used, and was thrown away."""
        self._database: sqlite3.Connection | None = None
        with contextlib.suppress(OSError, RuntimeError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._database = self._open()

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            database = None
            try:
                database = sqlite3.connect(self.path, timeout=2, isolation_level=None)
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=NORMAL")
                version = database.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    database.execute(
                        "CREATE TABLE IF NOT EXISTS entries "
                        "(key BLOB PRIMARY KEY, inputs BLOB, result BLOB, used INTEGER)"
                    )
                    database.execute(f"PRAGMA user_version={_FORMAT}")
                elif version != _FORMAT:
                    raise sqlite3.DatabaseError("another version")
                database.execute("SELECT key, inputs, result, used FROM entries LIMIT 1").fetchone()
                return database
            except sqlite3.OperationalError:
                if database is not None:
                    database.close()
                return None  # in use for too long, read-only, disk full: do without
            except sqlite3.DatabaseError:
                if database is not None:
                    database.close()
                self.rebuilt = True
                remove(self.path)
        return None

    def get(self, keys: list[bytes]) -> dict[bytes, tuple[Any, Any]]:
        """The entries that are there for `keys`."""
        found: dict[bytes, tuple[Any, Any]] = {}
        if self._database is None:
            return found
        now = int(time.time())
        try:
            for key in keys:
                row = self._database.execute(
                    "SELECT inputs, result, used FROM entries WHERE key=?", (key,)
                ).fetchone()
                if row is None:
                    continue
                with contextlib.suppress(ValueError, TypeError, zlib.error):
                    inputs = _unpacked(row[0]) if row[0] is not None else None
                    found[key] = (inputs, _unpacked(row[1]))
                if abs(now - row[2]) > _DAY:
                    self._database.execute("UPDATE entries SET used=? WHERE key=?", (now, key))
        except sqlite3.OperationalError:
            pass
        except sqlite3.DatabaseError:
            self._drop()
        return found

    def put(self, entries: dict[bytes, tuple[Any, Any]]) -> None:
        """Store entries, all or none of them."""
        if self._database is None or not entries:
            return
        now = int(time.time())
        rows = [
            (key, _packed(inputs) if inputs is not None else None, _packed(result), now)
            for key, (inputs, result) in entries.items()
        ]
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?)", rows)
            self._database.execute("COMMIT")
            self._bound()
        except sqlite3.OperationalError:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
        except sqlite3.DatabaseError:
            self._drop()

    def _bound(self) -> None:
        """Leave out what was not used for longest, down to half of what is allowed."""
        assert self._database is not None
        if self.size() <= MAX_BYTES:
            return
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self.size() <= MAX_BYTES:
            return
        total = 0
        old: list[tuple[bytes]] = []
        for key, size in self._database.execute(
            "SELECT key, coalesce(length(inputs), 0) + length(result) FROM entries "
            "ORDER BY used DESC, rowid DESC"
        ):
            total += size
            if total > MAX_BYTES // 2:
                old.append((key,))
        self._database.executemany("DELETE FROM entries WHERE key=?", old)
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        """Bytes on disk."""
        return sum(part.stat().st_size for part in _parts(self.path) if part.exists())

    def count(self) -> int:
        """How many results there are: entries that depend on something."""
        if self._database is None:
            return 0
        query = "SELECT count(inputs) FROM entries"
        try:
            return int(self._database.execute(query).fetchone()[0])
        except sqlite3.Error:
            return 0

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _drop(self) -> None:
        self.rebuilt = True
        self.close()
        remove(self.path)


def remove(path: Path) -> None:
    """Delete the cache's files, if they are there."""
    for part in _parts(path):
        with contextlib.suppress(OSError):
            part.unlink()


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def _unpacked(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))
