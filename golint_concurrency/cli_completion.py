"""Shell completion: `golint-concurrency completion bash|zsh|fish`, and what is offered where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_GOLINT_CONCURRENCY_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what completes commands, options, rules and paths in SHELL.

    \b
      bash   golint-concurrency completion bash > ~/.local/share/bash-completion/completions/golint-concurrency
      zsh    golint-concurrency completion zsh > a folder of $fpath, as _golint-concurrency
      fish   golint-concurrency completion fish > ~/.config/fish/completions/golint-concurrency.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    # The text alone: click's `source` asks the bash that it finds for its version.
    script = made(ctx.find_root().command, {}, "golint-concurrency", VARIABLE)
    click.echo(script.source_template % script.source_vars())


def paths(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell knows best."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids and names of built-in and installed rules; of the last one in a list with commas."""
    from click.shell_completion import CompletionItem

    from golint_concurrency.registry import load
    from golint_concurrency.tool_rules import TOOL_RULES

    before, comma, last = incomplete.rpartition(",")
    infos = [*TOOL_RULES, *(rule.info for rule in load().rules)]
    found = []
    for info in infos:
        for word in (info.id, info.name):
            if word.lower().startswith(last.lower()) and (last or word == info.id):
                found.append(CompletionItem(before + comma + word, help=info.summary))
    return found
