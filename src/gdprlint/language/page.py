"""Where the printer sets its lines: the comments and blank lines of the source come along, each at its place.

Knows offsets and lines, and nothing of what stands on them.
"""

from __future__ import annotations

from bisect import bisect_left

from gdprlint.language.tree import Comment


class Page:
    """The lines printed so far, and the comments that are still to come."""

    def __init__(self, text: str, comments: tuple[Comment, ...]) -> None:
        self.text = text
        self.comments = comments
        self.comment_starts = [comment.start for comment in comments]
        self.next_comment = 0
        self.lines: list[str] = []
        self.at = 0  # in the source: where the last thing printed ends
        self.opened = True  # a block or the file has just begun, and no blank line may follow
        self.apart = False  # the next line wants a blank line before it, whatever the source has

    def has_comments(self, start: int, end: int) -> bool:
        found = bisect_left(self.comment_starts, start)
        return found < len(self.comments) and self.comment_starts[found] < end

    def print_comments(self, end: int, indent: int) -> None:
        """The comments before this offset of the source, each on a line of its own."""
        self._write([(gap, " " * indent + comment.text) for gap, comment in self._comments(end)])

    def print(self, lines: list[str], start: int, end: int, indent: int) -> None:
        """What stands in the source between two offsets, with the comments before, within and after it."""
        rows = [(gap, " " * indent + comment.text) for gap, comment in self._comments(start)]
        gap = self._gap(start)
        for comment in self._taken(end):
            rows.append((gap, " " * indent + comment.text))
            gap = False
        rows.append((gap, lines[0]))
        if self.apart and not any(gap for gap, _ in rows):
            rows[0] = (True, rows[0][1])
        self.apart = False
        self._write(rows)
        self.lines.extend(lines[1:])
        self.at = end
        self._print_trailing()

    def _print_trailing(self) -> None:
        """The comment that follows on the same line of the source, if there is one."""
        if self.next_comment == len(self.comments):
            return
        comment = self.comments[self.next_comment]
        same_line = self.text.find("\n", self.at, comment.start) < 0
        if same_line and not self.text[self.at : comment.start].strip():
            self.lines[-1] += f"  {comment.text}"
            self.next_comment += 1
            self.at = comment.end

    def _comments(self, end: int) -> list[tuple[bool, Comment]]:
        found = []
        for comment in self._taken(end):
            found.append((self._gap(comment.start), comment))
            self.at = comment.end
        return found

    def _taken(self, end: int) -> tuple[Comment, ...]:
        first = self.next_comment
        while self.next_comment < len(self.comments) and self.comment_starts[self.next_comment] < end:
            self.next_comment += 1
        return self.comments[first : self.next_comment]

    def _gap(self, start: int) -> bool:
        return self.text.count("\n", self.at, start) > 1

    def _write(self, rows: list[tuple[bool, str]]) -> None:
        for gap, line in rows:
            if gap and not self.opened:
                self.lines.append("")
            self.opened = False
            self.lines.append(line)
