"""The cache folder belongs to one user, holds what was put there, stays small, and never ends a run."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from gdprlint import store

ONE, TWO = "result-1.json", "result-2.json"


def test_what_was_kept_is_there_again_and_belongs_to_the_user_alone(project: Path, tmp_path: Path) -> None:
    assert store.read(ONE) is None
    assert store.write(ONE, b"found\nthis")
    assert store.read(ONE) == b"found\nthis"
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache" / ONE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", ["empty", "head", "middle", "end", "more", "renamed"])
def test_what_is_not_what_was_kept_is_not_handed_on(where: str, cache: Path) -> None:
    store.write(ONE, b"x" * 100)
    file = cache / ONE
    whole = file.read_bytes()
    damaged = {
        "empty": b"", "head": b"0" + whole[1:], "middle": whole[:80] + b"y" + whole[81:], "end": whole[:-1],
        "more": whole + b"x", "renamed": whole,
    }  # fmt: skip
    (cache / (TWO if where == "renamed" else ONE)).write_bytes(damaged[where])
    assert store.read(TWO if where == "renamed" else ONE) is None


@pytest.mark.parametrize("rights", [0o777, 0o770, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(rights: int, cache: Path) -> None:
    store.write(ONE, b"found")
    cache.chmod(rights)
    assert store.read(ONE) is None
    assert not store.write(TWO, b"found")
    assert "others can write to it" in store.fault()


def test_a_file_that_others_can_write_to_is_not_used(cache: Path) -> None:
    store.write(ONE, b"found")
    (cache / ONE).chmod(0o622)
    assert store.read(ONE) is None


def test_nothing_but_plain_files_is_read(cache: Path) -> None:
    store.write(TWO, b"found")
    (cache / ONE).symlink_to(cache / TWO)
    assert store.read(ONE) is None
    (cache / ONE).unlink()
    os.mkfifo(cache / ONE, 0o600)
    assert store.read(ONE) is None
    (cache / ONE).unlink()
    (cache / ONE).mkdir()
    assert store.read(ONE) is None
    assert not store.write(ONE, b"found")
    assert [path.name for path in cache.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_leaves_what_was_there(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(ONE, b"found")
    fdopen = os.fdopen

    class Full:
        """A file on a disk that is full after eight bytes."""

        def __init__(self, handle: int) -> None:
            self.stream = fdopen(handle, "wb", buffering=0)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *error: object) -> None:
            self.stream.close()

        def write(self, content: bytes) -> None:
            self.stream.write(content[:8])
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "open", lambda handle, mode: Full(handle), raising=False)
    assert not store.write(ONE, b"another")
    assert not store.write(TWO, b"another")
    monkeypatch.undo()
    assert [path.name for path in cache.iterdir()] == [ONE]


def test_a_folder_that_cannot_be_made_or_written_is_done_without(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "file"))
    assert (store.read(ONE), store.write(ONE, b""), store.fault()) == (None, False, "it is no folder")
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert (store.read(ONE), store.write(ONE, b"")) == (None, False)
    monkeypatch.setenv("GDPRLINT_CACHE_DIR", "")
    assert (store.folder(), store.read(ONE), store.write(ONE, b"")) == (None, None, False)


def test_the_oldest_go_where_there_is_too_much(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST", 1_000)
    for number in range(5):
        store.write(f"result-{number}.json", b"x" * 300)
        os.utime(cache / f"result-{number}.json", (number, number))
    assert sorted(name for name, _, _ in store.entries()) == ["result-3.json", "result-4.json"]
    assert sum(size for _, size, _ in store.entries()) <= 1_000


def test_what_is_used_goes_later(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(ONE, b"x" * 300)
    store.write(TWO, b"x" * 300)
    for name, day in ((ONE, 1), (TWO, 2)):
        os.utime(cache / name, (day, day))
    store.read(ONE)
    monkeypatch.setattr(store, "MOST", 800)
    store.write("result-3.json", b"x" * 300)
    assert sorted(name for name, _, _ in store.entries()) == [ONE, "result-3.json"]


def test_what_a_run_that_died_left_half_written_is_cleared(cache: Path) -> None:
    for name, age in ((".result-9.json.1.ab", store.LEFT_OVER + 9), (".result-9.json.2.cd", 1.0)):
        (cache / name).write_bytes(b"half")
        os.utime(cache / name, (time.time() - age,) * 2)
    store.write(ONE, b"found")
    assert sorted(path.name for path in cache.iterdir()) == [".result-9.json.2.cd", ONE]


def test_clearing_takes_our_files_only(cache: Path) -> None:
    for name in (ONE, "pack-core.json", "rules.json", "parser.json"):
        store.write(name, b"found")
    others = ["thesis.odt", "result-of-a-year.csv", "rules.txt", ".profile"]
    for name in others:
        (cache / name).write_text("dear")
    assert store.clear()[0] == 4
    assert sorted(path.name for path in cache.iterdir()) == sorted(others)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("given", [None, "", " ", "/elsewhere/cache"])
def test_the_folder_is_where_platformdirs_says(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_cache_dir

    monkeypatch.delenv("GDPRLINT_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if given is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert store.folder() == user_cache_dir("gdprlint-uk", appauthor=False)


def test_without_a_home_nothing_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GDPRLINT_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert store.folder() is None
