"""What is judged: rules as values, however they were written."""
