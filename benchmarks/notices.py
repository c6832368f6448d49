"""Times `gdprlint check` of a folder of many notices, each judged by itself, as a whole process.

    python benchmarks/notices.py path/to/gdprlint [NOTICES] [--jobs N]

The pages are seeded and all different: each is put together from sections of the invented notices that the reader was
made from, under another organisation and with other numbers, about 600 words long, in turn as text, Markdown, HTML and
Word document. `write` makes them for other tools.
"""

from __future__ import annotations

import html
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from gdprlint.notices.page import Block
from gdprlint.prose.opening import Unreadable, open_page

INVENTED = Path(__file__).parent / "accuracy" / "invented"
WORDS = 600
DAY = ("--as-of", "2026-11-21", "--format", "concise", "--exit-zero")
Section = Sequence[Block]

FIRST = ("Ash", "Birch", "Cold", "Dun", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Kirk", "Lark", "Moss")
SECOND = ("bourne", "combe", "dale", "field", "gate", "ham", "ley", "mere", "stead", "thorpe", "wick", "worth")
FORMS = ("Trust", "Limited", "Council", "Housing Association", "Surgery", "University", "Academy", "Museum")


def sections() -> list[list[Block]]:
    """The sections of the invented notices: a heading, and what stands below it."""
    found: list[list[Block]] = []
    for folder in ("a", "c"):
        for path in sorted((INVENTED / folder).iterdir()):
            if not path.is_file():
                continue
            try:
                blocks = open_page(path, 8_000_000).blocks
            except Unreadable:
                continue
            listed: list[list[Block]] = []
            for block in blocks:
                if block.kind == "heading" or not listed:
                    listed.append([])
                listed[-1].append(block)
            found.extend(one for one in listed[1:] if 20 < _words(one) < WORDS // 2)
    return found


def _words(blocks: Section) -> int:
    return sum(len(block.text.split()) for block in blocks)


def write(folder: Path, count: int, seed: int = 20261122) -> int:
    """Write so many notices into a folder; how many words they have together."""
    folder.mkdir(parents=True, exist_ok=True)
    known = sections()
    chance = random.Random(seed)
    total = 0
    for number in range(count):
        body = f"{chance.choice(FIRST)}{chance.choice(SECOND)} {chance.choice(FORMS)}"
        chosen: list[list[Block]] = []
        while sum(map(_words, chosen)) < WORDS:
            one = chance.choice(known)
            if one not in chosen:
                chosen.append(one)
        blocks = [("heading", 1, f"{body}: privacy notice"), ("paragraph", 0, _opening(body))]
        blocks += [(one.kind, one.level, _changed(one.text, chance)) for listed in chosen for one in listed]
        total += sum(len(text.split()) for _, _, text in blocks)
        ending, make = FORMATS[number % len(FORMATS)]
        (folder / f"notice-{number:04}.{ending}").write_bytes(make(blocks))
    return total


def _opening(body: str) -> str:
    return f"{body} is the controller of the personal data that this notice is about."


def _changed(text: str, chance: random.Random) -> str:
    """The text with other numbers below a hundred."""
    return re.sub(r"(?<![\w.,/])[1-9]\d?(?![\w.,/])", lambda _: str(chance.randrange(2, 60)), text)


Said = Sequence[tuple[str, int, str]]


def as_text(blocks: Said) -> bytes:
    lines = []
    for kind, _, text in blocks:
        lines.append({"heading": f"\n{text}\n{'-' * len(text)}\n", "item": f"* {text}"}.get(kind, f"{text}\n"))
    return "\n".join(lines).encode()


def as_markdown(blocks: Said) -> bytes:
    lines = []
    for kind, level, text in blocks:
        marked = {"heading": f"\n{'#' * max(level, 1)} {text}\n", "item": f"- {text}"}
        lines.append(marked.get(kind, f"\n{text}\n"))
    return "\n".join(lines).encode()


def as_html(blocks: Said) -> bytes:
    lines = ["<!doctype html><html lang=en><head><meta charset=utf-8><title>Privacy notice</title></head><body><main>"]
    listed = False
    for kind, level, text in blocks:
        if (kind == "item") != listed:
            listed = not listed
            lines.append("<ul>" if listed else "</ul>")
        tag = {"heading": f"h{max(level, 1)}", "item": "li"}.get(kind, "p")
        lines.append(f"<{tag}>{html.escape(text)}</{tag}>")
    return "\n".join([*lines, "</ul>" if listed else "", "</main></body></html>"]).encode()


def as_word(blocks: Said) -> bytes:
    import io

    from docx import Document

    document = Document()
    for kind, level, text in blocks:
        if kind == "heading":
            document.add_heading(text, max(level, 1))
        else:
            document.add_paragraph(text, "List Bullet" if kind == "item" else None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FORMATS: tuple[tuple[str, Callable[[Said], bytes]], ...] = (
    ("txt", as_text), ("md", as_markdown), ("html", as_html), ("docx", as_word),
)  # fmt: skip


def timed(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float, float, str]:
    """Seconds of a run by the clock and of processors, the most memory at a time in MiB, and what it printed.

    The memory is that of the process and its children, each with its part of what they share, looked at while they run.
    """
    start, before = time.perf_counter(), _processors()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
    peak = 0
    ended = threading.Event()

    def look() -> None:
        nonlocal peak
        while not ended.wait(0.2):
            peak = max(peak, sum(map(_held, _family(process.pid))))

    looking = threading.Thread(target=look)
    looking.start()
    out, _ = process.communicate()
    took = time.perf_counter() - start
    ended.set()
    looking.join()
    return took, _processors() - before, peak / 1024, out


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    """A process and its children, where the system shows them."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in listed for one in _family(int(child)))]


def _held(pid: int) -> int:
    """KiB of memory, with its part of what is shared; nothing where the system does not tell."""
    try:
        return int(re.findall(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[0])
    except (OSError, IndexError):
        return 0


def main() -> None:
    command, *rest = sys.argv[1:]
    jobs = rest[rest.index("--jobs") + 1] if "--jobs" in rest else "0"
    count = int(rest[0]) if rest and rest[0].isdigit() else 1_000
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        words = write(pages, count)
        environ = {**os.environ, "NO_COLOR": "1", "GDPRLINT_CACHE_DIR": str(Path(folder, "cache"))}
        asked = [command, "check", str(pages), *DAY, "--jobs", jobs]
        for name in ("empty cache", "nothing changed"):
            seconds, used, peak, out = timed(asked, environ)
            found = len(re.findall(r"^\S+:\d+:\d+: ", out, re.M))
            print(
                f"{count} notices, {words:,} words, {name:15} {seconds:7.2f} s, {used:7.2f} s of "
                f"processors, {peak:5.0f} MiB   {found} findings",
                flush=True,
            )


if __name__ == "__main__":
    main()
