"""What the Go compiler's own type checker says, to hold the semantic layer against."""
