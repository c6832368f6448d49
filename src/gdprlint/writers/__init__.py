"""From the model to documents: a notice in prose, and the record as a sheet."""
