"""Shows a control-flow graph to people: for tests and for debugging."""

from __future__ import annotations

from golint_concurrency.semantics.cfg_graph import Edge, Graph
from golint_concurrency.syntax import ast

_LONGEST = 60


def to_text(graph: Graph, source: bytes) -> str:
    """One line a block: `number kind: node; node -> successors, exit`."""
    lines: list[str] = []
    for block in graph.blocks:
        nodes = "; ".join(node_text(node, source) for node in block.nodes)
        targets = [_edge_text(edge, source) for edge in block.succs]
        if block.exit is not None:
            targets.append(block.exit.kind)
        dead = "" if graph.reachable(block) else " dead"
        head = f"{block.index} {block.kind}{dead}:"
        if nodes:
            head += f" {nodes}"
        lines.append(f"{head} -> {', '.join(targets) or 'never'}")
    return "\n".join(lines)


def to_dot(graph: Graph, source: bytes) -> str:
    """The graph in Graphviz's language; labels are escaped, so source cannot break out of them."""
    lines = ["digraph cfg {", "  node [shape=box, fontname=monospace];"]
    for block in graph.blocks:
        rows = [f"{block.index} {block.kind}"]
        rows.extend(node_text(node, source) for node in block.nodes)
        if block.exit is not None:
            rows.append(f"({block.exit.kind})")
        label = "\\l".join(_escape(row) for row in rows) + "\\l"
        style = "" if graph.reachable(block) else ", style=dashed"
        lines.append(f'  b{block.index} [label="{label}"{style}];')
        for edge in block.succs:
            label = _escape(_edge_label(edge, source))
            lines.append(f'  b{block.index} -> b{edge.dst.index} [label="{label}"];')
    lines.append("}")
    return "\n".join(lines) + "\n"


def node_text(node: ast.Node, source: bytes) -> str:
    """A node on one line, shortened; a marker as the word that stands for it."""
    if isinstance(node, ast.Select):
        return "select"
    if isinstance(node, ast.Range):
        targets = [_piece(part, source) for part in (node.key, node.value) if part is not None]
        return "range" + (f" {', '.join(targets)}" if targets else "")
    if isinstance(node, ast.TypeSwitch):
        return f"typeswitch {_piece(node.x, source)}"
    return _piece(node, source)


def _piece(node: ast.Node, source: bytes) -> str:
    text = " ".join(source[node.start : node.end].decode("utf-8", "replace").split())
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _edge_text(edge: Edge, source: bytes) -> str:
    label = _edge_label(edge, source)
    return f"{edge.dst.index} {label}" if label else f"{edge.dst.index}"


def _edge_label(edge: Edge, source: bytes) -> str:
    if edge.kind == "next":
        return ""
    if edge.kind == "cond":
        return "T" if edge.when else "F"
    clause = edge.clause
    if isinstance(clause, ast.CommClause):
        return "default" if clause.comm is None else f"[{_piece(clause.comm, source)}]"
    if edge.kind in ("case", "type"):
        if not edge.when:
            return "none" if clause is None else "no"
        if isinstance(clause, ast.Case) and clause.exprs:
            return f"[{', '.join(_piece(expr, source) for expr in clause.exprs)}]"
        return "default"
    if edge.kind == "range":
        return "more" if edge.when else "over"
    return edge.kind


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
