"""The command line. Commands import what they need when they run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golint_concurrency import __version__, cli_completion, cli_merge, cli_rules, compiled
from golint_concurrency.checking import Check, registry_of, rule_infos
from golint_concurrency.diagnostic import Severity
from golint_concurrency.exits import EXIT_CLEAN, EXIT_FAILED, fail
from golint_concurrency.report import FORMATS
from golint_concurrency.terminal import MODES, escape, use_color

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SEVERITIES = [severity.label for severity in Severity]


class _DefaultToCheck(click.Group):
    """`golint-concurrency ./...` means `golint-concurrency check ./...`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if not args and ctx.resilient_parsing:  # the first word is being completed
            return super().parse_args(ctx, args)
        if not args or (args[0] not in self.commands and args[0] not in own):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what may stand first in `check`: its options and paths."""
        found = super().shell_complete(ctx, incomplete)
        known = {item.value for item in found}
        more = self.commands["check"].shell_complete(ctx, incomplete) if incomplete else []
        found += [item for item in more if item.value not in known]
        return found or cli_completion.paths(ctx, self.commands["check"].params[0], incomplete)


@click.group(
    cls=_DefaultToCheck,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    prog_name="golint-concurrency",
    message=f"%(prog)s %(version)s {compiled.answer()}",
)
def cli() -> None:
    """Find the concurrency mistakes that take Go services down under load.

    Reads Go source alone: no Go toolchain, no build, no network. Without a command it runs
    `check`:

    \b
      golint-concurrency ./...              lint the tree below this directory
      golint-concurrency explain GLC401     what a rule finds, and what to write instead
      golint-concurrency rules              all rules
    """


@cli.command()
@click.argument("paths", nargs=-1, shell_complete=cli_completion.paths)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=cli_completion.rules,
    help="Run only these rules: ids, names, prefixes (GLC4), ALL; separated by commas.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=cli_completion.rules,
    help="Do not run these rules.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="Form of the report on standard output.  [default: text]",
)
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report to a file as well; may be given several times.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default=None,
    help="Lowest severity that makes the exit code 1.  [default: warning]",
)
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(path_type=Path),
    default=None,
    help="Accepted findings.  [default: .golint-concurrency-baseline.json in the root, if there]",
)
@click.option("--no-baseline", is_flag=True, help="Report accepted findings as well.")
@click.option(
    "--new-from",
    metavar="REV",
    help="Report only what is new since a commit (main), or since the branch left it (main...).",
)
@click.option("--staged", is_flag=True, help="Report only what the staged changes bring.")
@click.option(
    "--diff-file",
    metavar="FILE",
    help="Report only what a unified diff brings, which leads to the files as they are (- : stdin).",
)
@click.option("--fix", is_flag=True, help="Apply safe fixes, then report what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: unsafe fixes as well.")
@click.option(
    "--allow-dirty", is_flag=True, help="With --fix: also files whose changes are not staged."
)
@click.option("--diff", is_flag=True, help="Print fixes as a patch for `git apply`; write nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    default=None,
    help="Configuration file instead of the nearest .golint-concurrency.toml.",
)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option(
    "--cache/--no-cache",
    default=True,
    help="Use and keep results of earlier runs (on unless little is linted).",
)
@click.option(
    "--go",
    "go_version",
    metavar="VERSION",
    default=None,
    help="Go version to assume (1.21), instead of go.mod's.",
)
@cli_rules.RULES
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Leave out paths that match, as in .gitignore."
)
@click.option("--force-exclude", is_flag=True, help="Exclude named files as well.")
@click.option("--include-generated", is_flag=True, default=None, help="Lint generated files too.")
@click.option("--tests/--no-tests", default=None, help="Lint _test.go files.  [default: tests]")
@click.option("--stdin-filename", metavar="FILE", help="What to call standard input, given as -.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=None,
    help="Processes to use; 0 for one per core.  [default: 0]",
)
@click.option(
    "--shard",
    metavar="K/N",
    help="Lint only the Kth of N parts; `merge` makes one report of theirs.",
)
@click.option(
    "--color",
    type=click.Choice(list(MODES)),
    default="auto",
    show_default=True,
    help="Colour in text reports.",
)
@click.option(
    "--show-source/--no-show-source",
    default=None,
    help="Quote the source.  [default: on a terminal]",
)
@click.option(
    "--suppressions/--no-suppressions",
    default=True,
    help="Heed //glc:ignore, //nolint and //lint:ignore comments.  [default: suppressions]",
)
@click.option(
    "--sarif-include-suppressed",
    is_flag=True,
    help="List suppressed findings in SARIF too, marked so (GitHub opens them as alerts).",
)
@click.option(
    "--sarif-category",
    metavar="NAME",
    default="golint-concurrency",
    help="Keeps several SARIF uploads of one commit apart.",
)
@click.option("--statistics", is_flag=True, help="Count findings by rule and package, on stderr.")
@click.option("--show-timing", is_flag=True, help="Say where the time went, on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Lint PATHS: files, directories, ./... or dir/... (default: ./...), or - for stdin.

    Exit code 0: clean; 1: findings of --fail-on and above; 2: the run itself failed.
    """
    raise SystemExit(Check(paths, options).run())


@cli.command("cache")
@click.argument("action", type=click.Choice(["info", "clean"]))
def cache_command(action: str) -> None:
    """Show where results of earlier runs are kept and how large they are, or delete them."""
    from golint_concurrency import cache
    from golint_concurrency.places import cache_directory

    if action == "clean":
        path = cache_directory() / cache.NAME
        cache.remove(path)
        click.echo(f"{escape(str(path))}: removed")
        return
    kept = cache.Cache()
    click.echo(f"{escape(str(kept.path))}: {kept.count()} results, {kept.size():,} bytes")
    kept.close()


@cli.command("baseline", context_settings={"ignore_unknown_options": True})
@click.argument("action", type=click.Choice(["create", "update", "prune"]))
@click.option("--force", is_flag=True, help="create: replace a baseline that is there.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PATHS AND CHECK OPTIONS]")
def baseline_command(action: str, force: bool, arguments: tuple[str, ...]) -> None:
    """Accept the findings of today, so that `check` reports only new ones.

    create writes the baseline; update adds what is new and drops what is gone; prune only drops
    what is gone. Paths and options are those of `check`.
    """
    parsed = check.make_context("check", list(arguments)).params
    run = Check(parsed.pop("paths"), parsed)
    run.keep, run.force = action, force
    raise SystemExit(run.run())


@cli.group("config")
def config_group() -> None:
    """Show the configuration that holds."""


@config_group.command("show", context_settings={"ignore_unknown_options": True})
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PATH AND CHECK OPTIONS]")
def config_show(format_: str, arguments: tuple[str, ...]) -> None:
    """Show all settings, each with the file and line that it comes from.

    With the PATH of a file, those that hold for it. Options are those of `check`, and count.
    """
    parsed = check.make_context("check", list(arguments)).params
    run = Check(parsed.pop("paths"), parsed)
    raise SystemExit(run.show_config(format_))


@cli.command("init")
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--print", "only_print", is_flag=True, help="Print it; write nothing.")
def init_command(directory: Path | None, only_print: bool) -> None:
    """Look at the repository and write a commented .golint-concurrency.toml.

    Into DIRECTORY, or the root of the repository. A file that is there is never changed.
    """
    from golint_concurrency import init
    from golint_concurrency.config import find_root

    root = Path(os.getcwd(), directory) if directory else find_root(Path(os.getcwd()))
    if only_print:
        click.echo(init.render(init.look(root)), nl=False)
        return
    try:
        path, found = init.write(root)
    except init.InitError as error:
        raise SystemExit(fail(str(error))) from error
    click.echo(f"{escape(str(path))}: written, after a look at {found.go_files} Go files")
    click.echo("next: golint-concurrency ./...   or, to start with what is new:")
    click.echo("      golint-concurrency baseline create ./...")


@cli.group("rules", invoke_without_command=True)
@click.pass_context
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@cli_rules.RULES
def list_rules(ctx: click.Context, format_: str, rule_files: tuple[Path, ...]) -> None:
    """List all rules: id, name, severity, default, fix, source, summary.

    With a command: make, test or check rules of your own.
    """
    if ctx.invoked_subcommand is not None:
        return
    registry = registry_of(rule_files)
    infos = rule_infos(registry)
    if format_ == "json":
        import json

        items = [
            {
                "id": info.id,
                "name": info.name,
                "severity": info.severity.label,
                "precision": info.precision.value,
                "default": info.enabled,
                "fix": info.fixable or None,
                "source": info.source,
                "summary": info.summary,
            }
            for info in infos
        ]
        click.echo(json.dumps(items, indent=2))
        return
    for info in infos:
        default = "on" if info.enabled else "off"
        click.echo(
            f"{info.id}  {info.name:<34} {info.severity.label:<8} {default:<4}"
            f"{info.fixable or '-':<7} {info.source or '-':<10} {escape(info.summary)}"
        )


for _command in cli_rules.COMMANDS:
    list_rules.add_command(_command)
cli.add_command(cli_completion.completion)
cli.add_command(cli_merge.merge)


@cli.command()
@click.argument(
    "rules", nargs=-1, required=True, metavar="RULE...", shell_complete=cli_completion.rules
)
@cli_rules.RULES
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown"]),
    default=None,
    help="[default: text on a terminal, else markdown]",
)
@click.option(
    "--color", type=click.Choice(list(MODES)), default="auto", show_default=True, help="In text."
)
def explain(
    rules: tuple[str, ...], rule_files: tuple[Path, ...], format_: str | None, color: str
) -> None:
    """Explain rules: what each finds, the harm, what to write instead.

    RULE is an id, a name, the beginning of ids (GLC4), or ALL.
    """
    from golint_concurrency.explain import for_terminal, page
    from golint_concurrency.run import known_rules
    from golint_concurrency.selection import matching, unknown_selector

    registry = registry_of(rule_files)
    known = known_rules(registry.rules)
    asked: set[str] = set()
    for selector in rules:
        ids = matching(selector, known)
        if not ids:
            raise SystemExit(fail(unknown_selector(selector, known)))
        asked |= ids
    terminal = sys.stdout.isatty()
    pages = [page(info) for info in rule_infos(registry) if info.id in asked]
    if format_ == "text" or (format_ is None and terminal):
        import shutil

        width = min(shutil.get_terminal_size().columns, 100)
        colored = use_color(color, terminal, os.environ)
        pages = [for_terminal(text, width, color=colored) for text in pages]
    try:
        sys.stdout.buffer.write(("\n\n\n".join(pages) + "\n").encode())
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader went away


@cli.command()
@cli_rules.RULES
@click.option("--stdio", is_flag=True, help="Serve on standard input and output; always so.")
def server(rule_files: tuple[Path, ...], stdio: bool) -> None:
    """Serve an editor: findings on open, save and while typing (Language Server Protocol).

    Needs the extra `lsp`: pip install 'golint-concurrency[lsp]'. See the README for how to set up
    Neovim, Helix, VS Code, Emacs, Zed, Sublime Text and GoLand.
    """
    from golint_concurrency.lsp.command import run

    raise SystemExit(run(rule_files))


@cli.command()
@click.argument("what", type=click.Choice(["types", "scopes", "cfg", "summary", "calls"]))
@click.argument("place", metavar="FILE[:FUNC]")
@click.option("--dot", is_flag=True, help="cfg: in the language of Graphviz.")
def debug(what: str, place: str, dot: bool) -> None:
    """Show what the tool believes of the functions of a file, or of one.

    FUNC is a function's name, or Receiver.name for a method. types: of calls and local variables;
    scopes: what each name stands for, and captures; cfg: control flow; summary: what callers
    learn; calls: what each call leads to.
    """
    from golint_concurrency.debug import DebugError, show

    if dot and what != "cfg":
        raise click.UsageError("--dot is for cfg")
    try:
        lines = show(what, place, os.getcwd(), dot=dot)
    except DebugError as error:
        raise SystemExit(fail(str(error))) from error
    try:
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader went away


def main(arguments: list[str]) -> int:
    """Run the command line with `arguments`; returns the exit code."""
    try:
        result = cli.main(arguments, prog_name="golint-concurrency", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return EXIT_FAILED
    except click.exceptions.Abort:
        click.echo("golint-concurrency: interrupted", err=True)
        return EXIT_FAILED
    except SystemExit as exit_:
        return int(exit_.code or 0)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader went away
        return EXIT_CLEAN
    except OSError as error:
        # Files of the repository are read where failing is expected: this is our own output.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it must not be tried again at the end
        return fail(f"output cannot be written: {error.strerror or error}")
    return int(result or 0)
