"""The run behind `check`, `baseline` and `config show`: from options to report and exit code."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golint_concurrency import atomic, go_version
from golint_concurrency.diagnostic import Problem, Report, RuleInfo, Severity
from golint_concurrency.exits import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, complain, fail
from golint_concurrency.report import FORMATS
from golint_concurrency.terminal import escape, use_color
from golint_concurrency.tool_rules import TOOL_RULES

if TYPE_CHECKING:
    from golint_concurrency.config import Config
    from golint_concurrency.engine import Outcome
    from golint_concurrency.progress import Progress
    from golint_concurrency.registry import Registry
    from golint_concurrency.run import Plan
    from golint_concurrency.shard import Shard
    from golint_concurrency.source import Discovery

RULE_URL = "https://github.com/golint-concurrency/golint-concurrency/blob/main/docs/rules/{name}.md"
_MOST_NAMED = 10


class Check:
    """One run of `check`: what was asked for, done in the order of its steps."""

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

        registry = registry_of(tuple(self.options["rule_files"]))
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
            go=_go(text) if text else None,
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


def rule_infos(registry: Registry) -> tuple[RuleInfo, ...]:
    """All rules as reports see them, those of the tool itself first."""
    return (*TOOL_RULES, *(rule.info for rule in registry.rules))


def registry_of(rule_files: tuple[Path, ...]) -> Registry:
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


def _go(text: str) -> tuple[int, int]:
    version = go_version.parse(text)
    if version is None:
        raise click.UsageError(f"--go {text}: expected a Go version such as 1.22")
    return version


def _split(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
