"""Go source to tree-sitter tree: the one place that knows tree-sitter's own API for parsing."""

from __future__ import annotations

import tree_sitter
import tree_sitter_go

LANGUAGE = tree_sitter.Language(tree_sitter_go.language())
_PARSER = tree_sitter.Parser(LANGUAGE)

BOM = b"\xef\xbb\xbf"


def parse(content: bytes) -> tree_sitter.Tree:
    """Parse a Go file. Never fails: what cannot be read becomes error nodes.

    A byte order mark is replaced by spaces, so that offsets still count from the file's start.
    """
    if content.startswith(BOM):
        content = b"   " + content[3:]
    return _PARSER.parse(content)
