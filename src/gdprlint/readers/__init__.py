"""From sources to the model: one module a kind of source."""
