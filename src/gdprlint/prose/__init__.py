"""Reading the prose of privacy notices: from a page to what it says, each fact with its place."""
