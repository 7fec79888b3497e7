"""Options and fixtures for the whole suite."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


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
