"""golint-concurrency: find the concurrency mistakes that take Go services down under load."""

__version__ = "0.1.0"
