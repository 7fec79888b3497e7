"""What a Go program means: packages, scopes, types, control flow, summaries."""
