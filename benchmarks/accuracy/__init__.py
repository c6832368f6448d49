"""How well notices are read: what `gdprlint read` says of a notice, held against what a person said of it.

A label is the truth here and a reading is what is measured. Nothing in this package knows how a notice is read.
"""
