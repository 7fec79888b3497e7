"""Exported API of the Go standard library and popular modules, as Go declarations."""
