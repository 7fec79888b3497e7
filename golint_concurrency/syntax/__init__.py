"""What Go source is: parsing, the syntax tree, positions."""
