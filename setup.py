"""Compiles the hot modules with mypyc where `GOLINT_CONCURRENCY_MYPYC=1` asks for it.

Everything else about the package stands in pyproject.toml. Without the variable nothing is
compiled, no compiler is needed, and the wheel fits every platform. With it, the modules below are
translated to C and built into one extension; their sources are installed beside it, and what
they do is the same. `GOLINT_CONCURRENCY_MYPYC_OPT` is the optimisation level, 3 unless given.
"""

from __future__ import annotations

import ast
import os
import shutil
import sys
from pathlib import Path

from setuptools import Extension, setup

HOT = (
    "engine.py",
    "files.py",
    "needles.py",
    "rule.py",
    "suppress.py",
    "timing.py",
    "tool_rules.py",
    "rules/*.py",
    "semantics/*.py",
    "semantics/stubs/store.py",
    "syntax/*.py",
)
# What reads the types: mypyc itself, and the packages that declare those of tree-sitter.
NEEDS = ["mypy>=2.4,<3", "tree-sitter>=0.26,<0.27", "tree-sitter-go>=0.25,<0.26"]
BUILDING = frozenset(["bdist_wheel", "editable_wheel", "build", "build_ext", "install", "develop"])
# The sources as they are installed: `rules` lies elsewhere in the repository.
STAGE = Path("build", "mypyc")


def extensions() -> list[Extension]:
    """The C extensions that take the place of the hot modules."""
    from mypyc.build import mypycify

    shutil.rmtree(STAGE, ignore_errors=True)
    package = STAGE / "golint_concurrency"
    unwanted = shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
    shutil.copytree("golint_concurrency", package, ignore=unwanted)
    shutil.copytree("rules", package / "rules", ignore=unwanted)
    for path in (package / "rules").glob("*.py"):
        _keep_docstring(path)
    hot = {path for pattern in HOT for path in package.glob(pattern)}
    names = sorted(str(path.relative_to(STAGE)) for path in hot if path.name != "__init__.py")
    options = ["--config-file=", "--cache-dir=" + os.devnull, "--ignore-missing-imports"]
    here = Path.cwd()
    os.chdir(STAGE)  # a traceback names files as mypyc was given them
    try:
        made: list[Extension] = mypycify(
            [*options, *names],
            target_dir="c",
            multi_file=True,  # one file of it all takes a compiler gigabytes
            opt_level=os.environ.get("GOLINT_CONCURRENCY_MYPYC_OPT", "3"),
            debug_level="0",
            group_name="golint_concurrency",
        )
    finally:
        os.chdir(here)
    for extension in made:
        extension.sources = [str(STAGE / source) for source in extension.sources]
        extension.depends = [str(STAGE / source) for source in extension.depends]
        extension.include_dirs = [str(STAGE / place) for place in extension.include_dirs]
    return made


def _keep_docstring(path: Path) -> None:
    """A compiled module has no docstring unless it sets it, and a rule's is its documentation."""
    source = path.read_text("utf-8")
    said = ast.get_docstring(ast.parse(source), clean=False)
    path.write_text(f"{source}\n__doc__ = {said!r}\n", "utf-8")


def main() -> None:
    """Hand over to setuptools."""
    builds = not BUILDING.isdisjoint(sys.argv)  # what only describes the package needs no C
    if os.environ.get("GOLINT_CONCURRENCY_MYPYC") != "1":
        setup()
        return
    setup(setup_requires=NEEDS, ext_modules=extensions() if builds else [])


main()
