"""What a record says: things, clauses, values and their states. Knows no syntax and no rule."""
