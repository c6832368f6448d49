"""What changed between two readings, and where a record and its notice part. Judges nothing."""
