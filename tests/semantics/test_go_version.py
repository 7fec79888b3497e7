"""The version of Go in which a file is read: its module's, or that of its `//go:build` line."""

import pytest

from golint_concurrency.semantics.constraints import of_file
from golint_concurrency.semantics.package import Package
from golint_concurrency.syntax.file import File


@pytest.mark.parametrize(
    ("line", "minor"),
    [
        ("", -1),
        ("//go:build linux", -1),
        ("//go:build go1.21", 21),
        ("//go:build go1.18 && linux", 18),
        ("//go:build go1.18 && go1.22", 22),
        ("//go:build go1.18 || go1.22", 18),
        ("//go:build go1.18 || linux", -1),
        ("//go:build !go1.22", -1),
        ("//go:build !(linux || !go1.20)", 20),
    ],
)
def test_least_version(line: str, minor: int) -> None:
    assert of_file(f"{line}\n\npackage p\n".encode()).go_minor() == minor


class _Nothing:
    def package(self, path: str, importer: Package) -> Package | None:
        return None


@pytest.mark.parametrize(
    ("module", "line", "file"),
    [
        ((1, 27), "", (1, 27)),
        ((1, 27), "//go:build go1.21", (1, 21)),
        ((1, 27), "//go:build go1.16", (1, 21)),
        ((1, 21), "//go:build go1.22", (1, 22)),
        ((1, 18), "//go:build go1.16", (1, 18)),
        ((1, 18), "//go:build go1.20", (1, 20)),
    ],
)
def test_file_version(module: tuple[int, int], line: str, file: tuple[int, int]) -> None:
    package = Package("p", "p", _Nothing(), go_version=module)
    scope = package.add_file(File("p.go", f"{line}\n\npackage p\n".encode()))
    assert scope.go_version == file
