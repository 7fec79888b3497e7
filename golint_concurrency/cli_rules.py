"""`golint-concurrency rules new|test|check`: for those who write rules."""

from __future__ import annotations

from pathlib import Path

import click

from golint_concurrency.exits import fail

RULES = click.option(
    "--rules",
    "rule_files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rules of your own: a Python file, a TOML file of query rules, or a folder of them.",
)
_WRONG, _FAILED = 1, 2


@click.command("new")
@click.argument("name")
@click.option("--id", "id_", metavar="ID", help="The rule's id.  [default: the next free OWN001]")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="A folder, or a Python file that may hold rules already.  [default: this folder]",
)
def new(name: str, id_: str | None, into: Path | None) -> None:
    """Make a rule called NAME that works, and testdata for it.

    An existing file is added to and otherwise left as it is; nothing is written over.
    """
    from golint_concurrency.authoring.scaffold import ScaffoldError, create, place_of

    place = place_of(name, into, Path())
    try:
        written = create(name, id_, place)
    except ScaffoldError as error:
        raise SystemExit(fail(str(error))) from error
    for path in written:
        click.echo(str(path))
    tested = place.module if not place.project else place.testdata
    click.echo(
        f"next: replace what says TODO; golint-concurrency rules test {tested}; "
        f"golint-concurrency rules check {place.module}",
        err=True,
    )


@click.command("test")
@click.argument("path", type=click.Path(path_type=Path))
@RULES
@click.option("--update-golden", is_flag=True, help="Write what fixes make into .golden files.")
def test(path: Path, rule_files: tuple[Path, ...], update_golden: bool) -> None:
    """Run rules on their testdata: findings must be where `// want "regexp"` says, and only there.

    PATH is a file or folder of rules with testdata/NAME/ beside it, or a folder of testdata whose
    folders have the names of rules (of --rules, installed plug-ins, and built-in ones). Rules in
    Python are run: do not try what you do not trust; `rules check` only reads.
    """
    from golint_concurrency.authoring.trial import NothingToTest, cases, try_rule
    from golint_concurrency.rule import RuleError
    from golint_concurrency.terminal import escape

    wrong = False
    try:
        for rule, paths in cases(path, rule_files):
            tried = try_rule(rule, paths, update=update_golden)
            if tried.problems:
                wrong = True
                click.echo(f"FAIL {rule.id} {rule.name}")
                for line in tried.problems:
                    click.echo(f"  {escape(line)}")
            else:
                click.echo(f"ok   {rule.id} {rule.name}: {tried.bad} bad, {tried.good} good")
    except (NothingToTest, RuleError) as error:
        raise SystemExit(fail(*str(error).splitlines())) from error
    raise SystemExit(_WRONG if wrong else 0)


@click.command("check")
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Say what is missing in the rules of PATH, from their source alone: nothing of it is run.

    PATH is a Python file, a TOML file of query rules, a folder, or a plug-in's project. Looks for
    ids and names that clash, rules without a bad example, without triggers, modules that import or
    do at top level what every run would pay for, and missing sections of documentation.
    """
    from golint_concurrency.authoring.vet import vet
    from golint_concurrency.terminal import escape

    if not path.exists():
        raise SystemExit(fail(f"{path}: no such file or folder"))
    verdict = vet(path)
    for line in verdict.wrong:
        click.echo(escape(line))
    if verdict.wrong:
        raise SystemExit(_WRONG)
    count = len(verdict.rules)
    click.echo(f"{count} rule{'s' if count != 1 else ''}, nothing missing: {path}")


COMMANDS = (new, test, check)
