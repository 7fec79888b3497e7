"""One module per rule, named as the rule. Adding a file here adds a rule."""
