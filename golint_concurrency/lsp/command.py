"""`golint-concurrency server`: rules read, then the protocol until the client goes."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from golint_concurrency.exits import EXIT_CLEAN, fail
from golint_concurrency.explain import page


def run(rule_files: Sequence[Path]) -> int:
    """Serve one client; the exit code of the process."""
    parent = os.getppid()
    gc.disable()  # thousands of classes are made now, and none is ever garbage
    try:
        from golint_concurrency.lsp.features import make
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return fail("the server needs the extra: pip install 'golint-concurrency[lsp]'")
    from golint_concurrency.lsp import releasing
    from golint_concurrency.rule import RuleError

    releasing.start()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    try:
        server = make(rule_files, page)
    except RuleError as error:
        return fail(str(error))
    threading.Thread(target=_leave_with_parent, args=(parent,), daemon=True).start()
    server.start_io()
    return EXIT_CLEAN if server.was_shut_down else 1  # LSP 3.17, "Exit Notification"


def _leave_with_parent(parent: int) -> None:
    """End when the process that started us is gone, even if somebody still holds our input."""
    while os.getppid() == parent:
        time.sleep(5)
    os._exit(1)
