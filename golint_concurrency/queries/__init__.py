"""Query rules: rules as data, a tree-sitter query with predicates that ask what code means."""
