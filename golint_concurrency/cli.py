"""The command line. Commands import what they need when they run."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golint_concurrency import __version__, atomic, cli_completion, cli_merge, cli_rules
from golint_concurrency.diagnostic import Problem, Report, RuleInfo, Severity
from golint_concurrency.report import FORMATS
from golint_concurrency.terminal import MODES, escape, use_color
from golint_concurrency.tool_rules import TOOL_RULES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from golint_concurrency.config import Config
    from golint_concurrency.engine import Outcome
    from golint_concurrency.progress import Progress
    from golint_concurrency.registry import Registry
    from golint_concurrency.run import Plan
    from golint_concurrency.shard import Shard
    from golint_concurrency.source import Discovery

RULE_URL = "https://github.com/golint-concurrency/golint-concurrency/blob/main/docs/rules/{name}.md"
EXIT_CLEAN, EXIT_FINDINGS, EXIT_FAILED = 0, 1, 2
_MOST_NAMED = 10
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
@click.version_option(__version__, prog_name="golint-concurrency")
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
    raise SystemExit(_Check(paths, options).run())


class _Check:
    """One run of `check`."""

    def __init__(self, paths: tuple[str, ...], options: dict[str, Any]) -> None:
        self.paths = paths
        self.options = options
        self.cwd = os.getcwd()
        self.started = time.perf_counter()
        self.fixed = 0
        self.spent: dict[str, float] = {}
        self.force = False
        self.shard: Shard | None = None
        self.keep: str | None = None
        """What to do with the baseline in place of a report: create, update or prune."""
        self._patched = EXIT_CLEAN

    def run(self) -> int:
        """Lint, report, and give the exit code."""
        from golint_concurrency.baseline import BaselineError
        from golint_concurrency.config import ConfigError, validate
        from golint_concurrency.registry import Registry, load
        from golint_concurrency.rule import RuleError
        from golint_concurrency.run import known_rules
        from golint_concurrency.selection import RuleSelection, SelectorError

        outputs = self._outputs()
        self.shard = self._shard()
        registry = Registry()
        try:
            config = self._config()
            registry = load(self.options["rule_files"], queries=config.query_rules)
            known = known_rules(registry.rules)
            validate(config, known)
            asked = RuleSelection(
                _split(self.options["select"]) or None, _split(self.options["ignore"])
            )
            asked.resolve(known)
        except (ConfigError, SelectorError) as error:
            for problem in registry.problems:  # a rule that is named may be one that is broken
                complain(problem)
            return fail(*error.messages)
        except RuleError as error:
            return fail(str(error))
        plan = self._plan(config, asked)
        only_new = self._only_new()
        if self.keep is not None:
            return self._change_baseline(plan, config, registry.problems)
        if self.options["diff"] or self.options["fix"]:
            outcome = self._fix(plan, config)
            if outcome is None:
                return self._patched
        elif only_new:
            from golint_concurrency.only_new import OnlyNewError

            try:
                outcome = self._lint_new(plan, config)
            except OnlyNewError as error:
                return fail(f"{only_new}: {error}")
        else:
            outcome = self._lint(plan, config)
        outcome.problems.extend(registry.problems)
        try:
            self._accept(outcome, config)
        except BaselineError as error:
            return fail(str(error))
        report = self._report(outcome, registry)
        self.spent = outcome.spent
        return self._finish(report, config, outputs)

    def show_config(self, format_: str) -> int:
        """Print the configuration that holds, for `config show`."""
        from golint_concurrency.config import ConfigError, validate
        from golint_concurrency.config_show import as_json, as_toml, effective
        from golint_concurrency.run import known_rules
        from golint_concurrency.selection import RuleSelection, SelectorError

        registry = _registry(tuple(self.options["rule_files"]))
        known = known_rules(registry.rules)
        select = _split(self.options["select"])
        asked = RuleSelection(select or None, _split(self.options["ignore"]))
        try:
            config = self._config()
            validate(config, known)
            asked.resolve(known)
        except (ConfigError, SelectorError) as error:
            return fail(*error.messages)
        said = {
            "select": list(select),
            "ignore": list(asked.ignore),
            "fail-on": self.options["fail_on"],
            "format": self.options["format_"],
            "go": self.options["go_version"],
            "exclude": list(self.options["exclude"]),
            "jobs": self.options["jobs"],
            "include-generated": self.options["include_generated"],
            "tests": self.options["tests"],
        }
        given = {key: value for key, value in said.items() if value not in (None, [])}
        path = self.paths[0] if len(self.paths) == 1 else None
        if path is not None:
            path = os.path.normpath(os.path.join(self.cwd, path))
            path = path if os.path.isfile(path) else None
        levels = {info.id: info.severity for info in rule_infos(registry)}
        shown = effective(config, known, levels, given, asked, path)
        click.echo(as_json(shown) if format_ == "json" else as_toml(shown, self.cwd))
        return EXIT_CLEAN

    def _shard(self) -> Shard | None:
        """The part of the run that was asked for; None for all of it."""
        from golint_concurrency.shard import Shard, ShardError

        if self.options["shard"] is None:
            return None
        others = ("new_from", "staged", "diff_file", "fix", "diff")
        clash = ["--" + name.replace("_", "-") for name in others if self.options[name]]
        clash += ["-"] if "-" in self.paths else []
        clash += [f"baseline {self.keep}"] if self.keep not in (None, "create") else []
        if clash:  # these compare files of several packages, or are for one person's work tree
            raise click.UsageError(f"--shard cannot be combined with {clash[0]}")
        try:
            return Shard.parse(self.options["shard"])
        except ShardError as error:
            raise click.UsageError(f"--shard: {error}") from error

    def _outputs(self) -> list[tuple[str, Path]]:
        outputs: list[tuple[str, Path]] = []
        for text in self.options["output"]:
            name, equals, file = text.partition("=")
            if not equals or name not in FORMATS or not file:
                raise click.UsageError(
                    f"--output {text}: expected FORMAT=FILE with one of {', '.join(FORMATS)}"
                )
            outputs.append((name, Path(file)))
        return outputs

    def _config(self) -> Config:
        from golint_concurrency.config import Config, find_root, load

        start = Path(self.cwd)
        first = next((path for path in self.paths if path != "-"), None)
        if first is not None:
            first = first.removesuffix("...").rstrip("/") or first
            if os.path.exists(os.path.join(self.cwd, first)):
                start = Path(self.cwd, first)
        if self.options["isolated"]:
            directory = start if start.is_dir() else start.parent
            return Config(root=find_root(Path(os.path.abspath(directory))))
        return load(start, self.options["config_file"])

    def _plan(self, config: Config, asked: Any) -> Plan:
        from golint_concurrency.run import Plan

        text = self.options["go_version"] or config.go
        return Plan(
            config=config,
            asked=asked,
            rule_files=tuple(self.options["rule_files"]),
            query_files=config.query_rules,
            go=parse_go(text) if text else None,
            suppressions=self.options["suppressions"],
            include_generated=bool(self.options["include_generated"] or config.include_generated),
            timing=self.options["show_timing"],
            cached=self.options["cache"],
        )

    def _lint(self, plan: Plan, config: Config) -> Outcome:
        from golint_concurrency.run import lint, lint_stdin

        if "-" in self.paths:
            name = self.options["stdin_filename"] or "<stdin>"
            return lint_stdin(plan, sys.stdin.buffer.read(), name, self.cwd)
        discovery = self._discover(config)
        outcome = lint(plan, discovery.targets, self._jobs(config), self._progress())
        outcome.problems.extend(discovery.problems)
        return outcome

    def _only_new(self) -> str:
        """The option that asks for new findings only; "" if none does."""
        names = ("new_from", "staged", "diff_file")
        given = ["--" + name.replace("_", "-") for name in names if self.options[name]]
        if self.options["new_from"] == "":
            given.insert(0, "--new-from")
        if len(given) > 1:
            raise click.UsageError(f"{given[0]} and {given[1]} exclude each other")
        others = ["--fix", "--diff"]
        clash = [name for name in others if self.options[name[2:]]]
        clash += ["baseline"] if self.keep is not None else []
        clash += ["-"] if "-" in self.paths else []
        if given and clash:
            raise click.UsageError(f"{given[0]} cannot be combined with {clash[0]}")
        return given[0] if given else ""

    def _lint_new(self, plan: Plan, config: Config) -> Outcome:
        """Lint, and leave only what is new. Raises `OnlyNewError`."""
        from golint_concurrency.only_new import Since, changes_of, lint_new

        patch = self.options["diff_file"]
        since = Since(
            self.options["new_from"],
            self.options["staged"],
            sys.stdin.buffer.read() if patch == "-" else patch and os.path.join(self.cwd, patch),
        )
        discovery = self._discover(config)
        changes = changes_of(since, discovery.targets, str(config.root))
        outcome = lint_new(plan, discovery.targets, self._jobs(config), changes, self._progress())
        outcome.problems.extend(discovery.problems)
        return outcome

    def _accept(self, outcome: Outcome, config: Config) -> None:
        """Take out what the baseline accepts. Raises `BaselineError`."""
        from golint_concurrency.baseline import match, read

        path = self.baseline_path(config)
        if self.options["no_baseline"] or (
            self.options["baseline_file"] is None and not path.is_file()
        ):
            return
        matched = match(read(path), outcome.diagnostics, outcome.sources, self.cwd)
        outcome.diagnostics = matched.new
        outcome.suppressed += matched.accepted

    def baseline_path(self, config: Config) -> Path:
        """The baseline that was named, or where it is by default."""
        from golint_concurrency.baseline import NAME

        named: Path | None = self.options["baseline_file"]
        return config.root / NAME if named is None else Path(self.cwd, named)

    def _change_baseline(self, plan: Plan, config: Config, problems: list[Problem]) -> int:
        from golint_concurrency import baseline
        from golint_concurrency.run import lint

        path = self.baseline_path(config)
        try:
            old = baseline.Baseline(path.absolute().parent)
            if self.keep != "create":
                old = baseline.read(path)
            elif path.exists() and not self.force:
                return fail(f"{path}: is there already; use `baseline update`, or --force")
            discovery = self._discover(config)
            outcome = lint(plan, discovery.targets, self._jobs(config), self._progress())
            linted = frozenset(target.absolute for target in discovery.targets)
            new = baseline.updated(
                old,
                outcome.diagnostics,
                outcome.sources,
                self.cwd,
                linted,
                add=self.keep != "prune",
            )
            atomic.write(str(path), baseline.render(new, str(self.shard or "")))
        except baseline.BaselineError as error:
            return fail(str(error))
        except OSError as error:
            return fail(f"{path}: cannot be written: {error.strerror}; nothing was changed")
        problems = [*discovery.problems, *outcome.problems, *problems]
        for problem in problems:
            complain(problem)
        kept = sum((old.findings & new.findings).values())
        click.echo(
            f"{path}: {sum(new.findings.values())} findings "
            f"({sum(new.findings.values()) - kept} added, "
            f"{sum(old.findings.values()) - kept} removed)"
        )
        return EXIT_FAILED if any(problem.fatal for problem in problems) else EXIT_CLEAN

    def _jobs(self, config: Config) -> int:
        jobs: int | None = self.options["jobs"]
        return (config.jobs if jobs is None else jobs) or os.cpu_count() or 1

    def _fix(self, plan: Plan, config: Config) -> Outcome | None:
        """Fix files and give what remains; with --diff print the patch, and None."""
        from golint_concurrency.fixing import dirty, fix_all, patch, write

        if "-" in self.paths:
            raise click.UsageError("--fix and --diff work on files, not on standard input")
        discovery = self._discover(config)
        unsafe = self.options["unsafe_fixes"]
        run = fix_all(
            plan, discovery.targets, self._jobs(config), unsafe=unsafe, progress=self._progress()
        )
        run.outcome.problems.extend(discovery.problems)
        if self.options["diff"]:
            sys.stdout.buffer.write(patch(run.changed))
            sys.stdout.flush()
            for problem in run.outcome.problems:
                complain(problem)
            failed = any(problem.fatal for problem in run.outcome.problems)
            self._patched = EXIT_FAILED if failed else EXIT_CLEAN
            if run.changed and not failed and not self.options["exit_zero"]:
                self._patched = EXIT_FINDINGS
            return None
        unsaved = [] if self.options["allow_dirty"] else dirty(run.changed, str(config.root))
        if unsaved:
            for problem in unsaved[:_MOST_NAMED]:
                complain(problem)
            more = len(unsaved) - _MOST_NAMED
            said = f" ({more} files more are like these)" if more > 0 else ""
            self._patched = fail(f"nothing was fixed{said}")
            return None
        failures = [failure for item in run.changed if (failure := write(item)) is not None]
        run.outcome.problems.extend(failures)
        self.fixed = len(run.applied)
        return run.outcome

    def _discover(self, config: Config) -> Discovery:
        from golint_concurrency.globs import GlobError, Globs
        from golint_concurrency.source import discover

        try:
            globs = Globs(self.options["exclude"])
        except GlobError as error:
            raise click.UsageError(f"--exclude: {error}") from error

        def excluded(path: str, directory: bool) -> bool:
            relative = os.path.relpath(path, self.cwd).replace(os.sep, "/")
            return globs.match(relative, is_dir=directory) or config.excluded(
                path, is_dir=directory
            )

        tests = self.options["tests"]
        if tests is None:
            tests = config.tests is not False
        found = discover(
            self.paths,
            self.cwd,
            excluded,
            force_exclude=self.options["force_exclude"],
            tests=tests,
        )
        if self.shard is not None:
            found = replace(found, targets=self.shard.part(found.targets))
        return found

    def _report(self, outcome: Outcome, registry: Registry) -> Report:
        return Report(
            diagnostics=tuple(outcome.diagnostics),
            problems=tuple(dict.fromkeys(outcome.problems)),
            rules=rule_infos(registry),
            sources=outcome.sources,
            files=outcome.files,
            duration=time.perf_counter() - self.started,
            suppressed=tuple(outcome.suppressed),
        )

    def _finish(self, report: Report, config: Config, outputs: Sequence[tuple[str, Path]]) -> int:
        from golint_concurrency.report import ReportOptions, notices, render

        terminal = sys.stdout.isatty()
        show_source = self.options["show_source"]
        options = ReportOptions(
            color=use_color(self.options["color"], terminal, os.environ),
            show_source=terminal if show_source is None else show_source,
            root=config.root,
            cwd=Path(self.cwd),
            category=self.options["sarif_category"] or "golint-concurrency",
            include_suppressed=self.options["sarif_include_suppressed"],
            rule_url=RULE_URL,
            shard=str(self.shard or ""),
        )
        failed = any(problem.fatal for problem in report.problems)
        for problem in report.problems:
            complain(problem)
        format_ = self.options["format_"] or config.format or "text"
        try:
            sys.stdout.buffer.write(render(format_, report, options))
            sys.stdout.flush()
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader went away
        for name, path in [(format_, None), *outputs]:
            for notice in notices(name, report, options):
                click.echo(f"golint-concurrency: {escape(notice)}", err=True)
            if path is not None:
                try:
                    plain = replace(options, color=False, show_source=True)
                    atomic.put(str(path), render(name, report, plain))
                except OSError as error:
                    failed = True
                    complain(Problem(str(path), f"cannot be written: {error.strerror}"))
        self._tables(report)
        if not self.options["quiet"]:
            self._summary(report)
        if failed:
            return EXIT_FAILED
        threshold = Severity.WARNING
        if self.options["fail_on"]:
            threshold = Severity.from_label(self.options["fail_on"])
        elif config.fail_on is not None:
            threshold = config.fail_on
        found = any(item.severity >= threshold for item in report.diagnostics)
        return EXIT_FINDINGS if found and not self.options["exit_zero"] else EXIT_CLEAN

    def _tables(self, report: Report) -> None:
        lines: list[str] = []
        if self.options["statistics"] or self.options["show_timing"]:
            from golint_concurrency.tables import statistics, timing

            if self.options["statistics"]:
                lines += statistics(report)
            if self.options["show_timing"]:
                lines += timing(self.spent, report.rules)
        for line in lines:
            click.echo(line, err=True)

    def _progress(self) -> Progress | None:
        from golint_concurrency.progress import on_terminal

        return None if self.options["quiet"] else on_terminal()

    def _summary(self, report: Report) -> None:
        counts = dict.fromkeys(reversed(Severity), 0)
        for diagnostic in report.diagnostics:
            counts[diagnostic.severity] += 1
        parts = [
            f"{count} {severity.label}{'s' if count != 1 else ''}"
            for severity, count in counts.items()
            if count
        ]
        if self.fixed:
            parts.append(f"{self.fixed} fixed")
        if report.suppressed:
            parts.append(f"{len(report.suppressed)} suppressed")
        files = f"{report.files} file{'s' if report.files != 1 else ''}"
        click.echo(
            f"{', '.join(parts) or 'no findings'} in {files} ({report.duration:.1f} s)", err=True
        )


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
    run = _Check(parsed.pop("paths"), parsed)
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
    run = _Check(parsed.pop("paths"), parsed)
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
    registry = _registry(rule_files)
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

    registry = _registry(rule_files)
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


def rule_infos(registry: Registry) -> tuple[RuleInfo, ...]:
    """All rules as reports see them, those of the tool itself first."""
    return (*TOOL_RULES, *(rule.info for rule in registry.rules))


def _registry(rule_files: tuple[Path, ...]) -> Registry:
    """All rules, those of the configuration here included; what is wrong is told and left out."""
    from golint_concurrency.config import ConfigError
    from golint_concurrency.config import load as load_config
    from golint_concurrency.registry import load
    from golint_concurrency.rule import RuleError

    queries: tuple[Path, ...] = ()
    try:
        queries = load_config(Path.cwd()).query_rules
    except ConfigError as error:
        for message in error.messages:
            click.echo(f"golint-concurrency: note: {escape(message)}", err=True)
    try:
        registry = load(rule_files, queries=queries)
    except RuleError as error:
        raise SystemExit(fail(str(error))) from error
    for problem in registry.problems:
        complain(problem)
    return registry


def parse_go(text: str) -> tuple[int, int]:
    """`1.22` or `go1.22.3` as (1, 22). Raises `click.UsageError`."""
    parts = text.removeprefix("go").split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        raise click.UsageError(f"--go {text}: expected a Go version such as 1.22")
    return int(parts[0]), int(parts[1])


def _split(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def complain(problem: Problem) -> None:
    """Say on stderr what went wrong with a file."""
    word = "error" if problem.fatal else "note"
    click.echo(
        f"golint-concurrency: {word}: {escape(problem.path)}: {escape(problem.message)}", err=True
    )


def fail(*messages: str) -> int:
    """Say why the run cannot start; returns the exit code for it."""
    for message in messages:
        click.echo(f"golint-concurrency: error: {escape(message)}", err=True)
    return EXIT_FAILED


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
