"""Beginning and end of a session, and what the client sets in between."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types as lsp

from golint_concurrency.lsp import settings
from golint_concurrency.lsp.server import Server
from golint_concurrency.lsp.session import CONTROL_FILES
from golint_concurrency.lsp.uris import path_of

_WATCHED = ("**/*.go", *(f"**/{name}" for name in CONTROL_FILES))


def register(server: Server) -> None:
    """Let `server` begin, be configured and end."""
    server.feature(lsp.INITIALIZE)(initialize)
    server.feature(lsp.INITIALIZED)(initialized)
    server.feature(lsp.SHUTDOWN)(shutdown)
    server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration)
    server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(folders)


def initialize(server: Server, params: lsp.InitializeParams) -> None:
    """Learn what the client can do, which folders it has open, and its settings."""
    server.loop = asyncio.get_running_loop()
    server.work.start()
    document = params.capabilities.text_document
    workspace = params.capabilities.workspace
    server.pulls = document is not None and document.diagnostic is not None
    watched = workspace.did_change_watched_files if workspace is not None else None
    server.watches = bool(watched is not None and watched.dynamic_registration)
    roots = [folder.uri for folder in params.workspace_folders or []]
    if not roots and params.root_uri:
        roots = [params.root_uri]
    server.folders = [path for uri in roots if (path := path_of(uri)) is not None]
    server.settings, faults = settings.read(params.initialization_options)
    server.session.configure(server.settings)
    server.complain(faults)


def initialized(server: Server, _params: lsp.InitializedParams) -> None:
    """Have the client watch files, if it can."""
    if not server.watches:
        return
    watchers = [lsp.FileSystemWatcher(glob_pattern=glob) for glob in _WATCHED]
    registration = lsp.Registration(
        id="watch",
        method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
    )
    server.client_register_capability(lsp.RegistrationParams([registration]))


def shutdown(server: Server, _params: Any) -> None:
    """Work no more; the process ends when the client says so, or goes."""
    server.work.stop()


async def configuration(server: Server, params: lsp.DidChangeConfigurationParams) -> None:
    """Other settings: those sent, or those that the client gives when asked."""
    options = params.settings
    workspace = server.client_capabilities.workspace
    if not options and workspace is not None and workspace.configuration:
        asked = lsp.ConfigurationParams([lsp.ConfigurationItem(section=settings.SECTION)])
        options = (await server.workspace_configuration_async(asked))[0]
    server.configure(options)


def folders(server: Server, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """Folders came or went; they matter to workspace diagnostics only."""
    gone = {path_of(folder.uri) for folder in params.event.removed}
    come = [path_of(folder.uri) for folder in params.event.added]
    server.folders = [path for path in server.folders if path not in gone]
    server.folders += [path for path in come if path is not None]
