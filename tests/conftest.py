"""Options and fixtures for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


@pytest.fixture(scope="session", autouse=True)
def own_results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Results are kept apart from those of the user, whose tool may be of another version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def go_cache(pytestconfig: pytest.Config) -> Path:
    """Go's build cache: the caller's GOCACHE, else one that is kept between runs, because
    compiling the standard library is most of the work."""
    given = os.environ.get("GOCACHE")
    if given:
        return Path(given)
    assert pytestconfig.cache is not None
    return Path(pytestconfig.cache.mkdir("go-build"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Huge inputs are not named by what they hold; None leaves the name to pytest."""
    if isinstance(val, str | bytes) and len(val) > 200:
        return f"{argname} of {len(val)}"
    return None
