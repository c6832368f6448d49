"""Reads registers, with what the pages of their notices say: what is judged, before anything is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from gdprlint.engine.ahead import read_ahead
from gdprlint.model.names import Names
from gdprlint.options import CheckOptions
from gdprlint.progress import Progress
from gdprlint.prose.pages import Pages
from gdprlint.readers.register import Begun, FileRead, Reading, read_files, read_register
from gdprlint.registers import SUFFIX, Loaded, Plan, is_sheet, load, project_of, register_around, shown_path
from gdprlint.rules.packs import Library


def no_pages(library: Library, options: CheckOptions) -> Pages:
    """No page that was read yet."""
    return Pages(partial(getattr, library, "ear"), library.vocabulary, options.max_bytes, dict(options.instead))


def read_plans(
    planned: list[Plan], library: Library, options: CheckOptions, pages: Pages, progress: Progress
) -> list[Reading]:
    """The registers, with what the pages of their notices say."""
    loaded: dict[Path, Loaded] = {}
    for plan in planned:
        project = project_of(plan.root)
        for path in plan.files:
            if path.suffix == SUFFIX:
                loaded[path] = load(path, options.max_bytes, pages.instead, project)
    for plan in planned:
        for path in [path for path in plan.files if path not in loaded]:
            if path in plan.theirs:
                page = pages.by_reader(path, plan.theirs[path], project_of(plan.root), path in plan.named)
            elif is_sheet(path):
                page = pages.by_sheet(path, project_of(plan.root), judged=True)
            else:
                page = pages.to_judge(path, plan.sought)
            progress.done += 1
            if page is None:
                plan.files.remove(path)
                plan.shown.discard(path)
            else:
                loaded[path] = page
    planned = [plan for plan in planned if plan.files]
    begun = {id(plan): Begun(Names(library.vocabulary)) for plan in planned}
    of_file = {shown_path(path): begun[id(plan)] for plan in planned for path in plan.files}

    def outlined(file: FileRead) -> None:
        register = of_file[file.source.path]
        register.outlines[file.source.path] = register.outline(file)

    parsed = read_files([item for item in loaded.values() if item.source is not None], options.jobs, outlined)
    progress.done += len(parsed)
    read_ahead(planned, parsed, pages, options.jobs)
    base = base_of(options)
    readings = [
        read_register(
            plan,
            loaded,
            parsed,
            library.vocabulary,
            options.max_bytes,
            pages.tell,
            base,
            pages.instead,
            begun[id(plan)],
        )
        for plan in planned
    ]
    for reading in readings:
        pages.settle(reading.joined)
        shown = {shown_path(path) for path in reading.plan.shown}
        reading.plan.shown.update(one.path for one in reading.joined if one.notice.path in shown)
    return readings


def base_of(options: CheckOptions) -> Callable[[Path], bytes | None] | None:
    return options.base.read if options.base is not None else None


def divided(planned: Iterable[Plan]) -> tuple[list[Plan], list[Plan]]:
    """The registers, and the notices that were asked for."""
    listed = list(planned)
    return [plan for plan in listed if not is_page(plan)], [plan for plan in listed if is_page(plan)]


def with_registers_around(
    readings: list[Reading],
    notices: list[Plan],
    library: Library,
    options: CheckOptions,
    pages: Pages,
    progress: Progress,
) -> tuple[list[Reading], list[Plan]]:
    """The registers, those among them that name a notice that was asked for; and the notices that none names."""
    readings = [*readings]
    tried = {reading.plan.root for reading in readings}
    left = []
    for plan in notices:
        (page,) = plan.files
        around = register_around(page)
        if around is not None and around.root not in tried:
            tried.add(around.root)
            readings.extend(read_plans([around], library, options, pages, progress))
        for reading in readings:
            if page in {one.path for one in reading.joined}:
                reading.plan.shown.add(page)
                break
        else:
            left.append(plan)
    return [reading for reading in readings if reading.plan.shown], left


def is_page(plan: Plan) -> bool:
    """Whether a notice is all of this plan."""
    return plan.files == [plan.root] and not plan.is_record(plan.root)
