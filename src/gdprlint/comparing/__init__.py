"""What changed between two readings of what is done with data, and where a record and its notice part. Judges nothing."""
