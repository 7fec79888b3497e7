"""The language server: the engine of the command line behind an editor."""
