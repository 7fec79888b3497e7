"""An aspect that lints the Go sources of every target, in the way of aspect_rules_lint.

    bazel build //... --aspects=//tools/lint:linters.bzl%golint_concurrency \
        --output_groups=golint_concurrency_human

See README.md beside this file.
"""

_MNEMONIC = "GolintConcurrency"
_RULES = ["go_library", "go_binary", "go_test", "go_source"]

def _outputs(ctx):
    name = ctx.label.name
    return struct(
        human = ctx.actions.declare_file(name + ".golint_concurrency.txt"),
        exit_code = ctx.actions.declare_file(name + ".golint_concurrency.exit_code"),
        machine = ctx.actions.declare_file(name + ".golint_concurrency.sarif"),
    )

def _sources(rule):
    """The Go files of a target that are written by hand; generated ones are nobody's to mend."""
    files = []
    for src in getattr(rule.attr, "srcs", []):
        if DefaultInfo in src:
            files.extend(src[DefaultInfo].files.to_list())
    return [f for f in files if f.is_source and f.extension == "go"]

def _aspect_impl(_target, ctx):
    if ctx.rule.kind not in ctx.attr._rule_kinds or "no-lint" in ctx.rule.attr.tags:
        return []
    sources = _sources(ctx.rule)
    if not sources:
        return []
    outputs = _outputs(ctx)
    args = ctx.actions.args()
    args.add("check")
    args.add("--no-cache")  # Bazel keeps results
    args.add("--jobs=1")  # and runs several of these at once
    args.add("--quiet")
    args.add("--color=never")
    args.add("--show-source")
    args.add("--output", outputs.machine, format = "sarif=%s")
    if ctx.files._config:
        args.add("--config", ctx.files._config[0])
    else:
        args.add("--isolated")
    args.add_all(sources)

    # With fail_on_findings the action fails where there are findings; without, they are reported
    # and the exit code is kept beside the report. A run that itself failed (2) fails it always.
    command = """
"$1" "${@:4}" > "$2"; code=$?
echo "$code" > "$3"
[ "$code" -lt %d ] || { cat "$2" >&2; exit "$code"; }
""" % (1 if ctx.attr._fail else 2)
    ctx.actions.run_shell(
        inputs = depset(sources + ctx.files._config + ctx.files._mod),
        outputs = [outputs.human, outputs.exit_code, outputs.machine],
        tools = [ctx.attr._tool[DefaultInfo].files_to_run],
        command = command,
        arguments = [
            ctx.executable._tool.path,
            outputs.human.path,
            outputs.exit_code.path,
            args,
        ],
        mnemonic = _MNEMONIC,
        progress_message = "Linting %{label} with golint-concurrency",
        # Local sandboxes are trees of links that lead out of them, and the tool takes such a link
        # for a file only if it is named, never for one of the package around another file. On
        # remote machines files are files.
        execution_requirements = {"no-sandbox": "1"},
    )
    return [OutputGroupInfo(
        golint_concurrency_human = depset([outputs.human]),
        golint_concurrency_machine = depset([outputs.machine]),
        golint_concurrency_exit_code = depset([outputs.exit_code]),
        _validation = depset([outputs.exit_code]) if ctx.attr._fail else depset(),
    )]

def lint_golint_concurrency_aspect(binary, config = None, go_mod = None, fail_on_findings = False):
    """Makes the aspect.

    Args:
        binary: label of the tool, such as a py_console_script_binary of rules_python.
        config: label of .golint-concurrency.toml, or None for defaults.
        go_mod: label of go.mod, which tells the version of Go, or None.
        fail_on_findings: whether findings fail the build.

    Returns:
        An aspect for --aspects, or for a test of aspect_rules_lint.
    """
    return aspect(
        implementation = _aspect_impl,
        attr_aspects = [],
        attrs = {
            "_tool": attr.label(default = binary, executable = True, cfg = "exec"),
            "_config": attr.label_list(default = [config] if config else [], allow_files = True),
            "_mod": attr.label_list(default = [go_mod] if go_mod else [], allow_files = True),
            "_fail": attr.string_list(default = ["yes"] if fail_on_findings else []),
            "_rule_kinds": attr.string_list(default = _RULES),
        },
    )
