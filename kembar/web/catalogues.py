"""The translation catalogues: read out of the sources, merged, checked and compiled, without any gettext program.

Each folder of `kembar/` keeps its own: `<folder>/locale/<locale>/LC_MESSAGES/django.po`, sorted by message, without
line numbers, so that a change of code far away never changes a catalogue. Message ids are English.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ONE_FORM = "nplurals=1; plural=0;"
# Locale → its plural rule. Indonesian, Korean and Chinese words do not change with a number.
LOCALES = {"id": ONE_FORM, "en": "nplurals=2; plural=(n != 1);", "ko": ONE_FORM, "zh_Hans": ONE_FORM}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_ENDINGS = {".html", ".txt", ".xml", ".svg", ".webmanifest"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[a-zA-Z]|%[sd]|\{(\w*)\}")

Id = str | tuple[str, ...]
Key = tuple[str, Id]  # (context or "", message id)


@dataclass(frozen=True)
class Entry:
    """One entry of a catalogue: a message without a plural has one id and one string."""

    context: str
    ids: tuple[str, ...]
    strings: tuple[str, ...]
    fuzzy: bool

    @property
    def key(self) -> Key:
        return self.context, self.ids if len(self.ids) > 1 else self.ids[0]


@dataclass(frozen=True)
class Problem:
    catalogue: Path
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.what}: {self.message!r}"


def folders(root: Path) -> list[Path]:
    """The concepts: each folder of `root` that is a package."""
    return sorted(path.parent for path in root.glob("*/__init__.py"))


def catalogue_path(folder: Path, locale: str) -> Path:
    return folder / "locale" / locale / "LC_MESSAGES" / "django.po"


def messages_of(folder: Path) -> set[Key]:
    """Every message of a concept's Python files and templates (its tests apart). Raises ValueError naming the file
    which uses one message as singular alone and elsewhere with a plural, which a catalogue cannot hold."""
    found: set[Key] = set()
    singulars: dict[tuple[str, str], Id] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if "tests" in inside or "locale" in inside or not path.is_file():
            continue
        for context, message in _messages_in(path, template="templates" in inside):
            first = message if isinstance(message, str) else message[0]
            if singulars.setdefault((context, first), message) != message:
                raise ValueError(f"{path}: {first!r} is used with and without a plural")
            found.add((context, message))
    return found


def update(folder: Path) -> list[Path]:
    """Brings a concept's catalogues to what its sources say; returns the files that changed.

    Translations at hand are kept, new messages stand empty, unused ones go; English is the message itself.
    """
    messages = messages_of(folder)
    changed = []
    for locale in LOCALES:
        path = catalogue_path(folder, locale)
        if not messages:
            path.unlink(missing_ok=True)
            continue
        text = _text(_merged(messages, _read(path, locale), locale), locale)
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            changed.append(path)
    return changed


def compile_stale(folder: Path) -> list[Path]:
    """Writes each .mo which is missing or older than its .po; removes one without a .po. Returns the written."""
    written = []
    for locale in LOCALES:
        source = catalogue_path(folder, locale)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            half = target.with_suffix(".mo.part")
            with half.open("wb") as file:
                write_mo(file, _read(source, locale))
            half.replace(target)
            written.append(target)
    return written


def problems(root: Path) -> Iterator[Problem]:
    """All that keeps the catalogues of every concept from being complete and of one voice."""
    said: dict[tuple[str, Key], Entry] = {}
    where: dict[tuple[str, Key], Path] = {}
    for folder in folders(root):
        messages = messages_of(folder)
        for locale in LOCALES:
            path = catalogue_path(folder, locale)
            catalogue = _read(path, locale)
            entries = _entries(catalogue)
            yield from _against_sources(path, {entry.key for entry in entries}, messages)
            for entry in entries:
                yield from _inside(path, entry, plurals=catalogue.num_plurals)
                key = (locale, entry.key)
                if said.setdefault(key, entry).strings != entry.strings:
                    yield Problem(path, entry.ids[0], f"translated otherwise in {where[key]}")
                where.setdefault(key, path)


def _against_sources(path: Path, present: set[Key], messages: set[Key]) -> Iterator[Problem]:
    for _, message in sorted(messages - present, key=repr):
        yield Problem(path, _first(message), "missing, run `manage.py messages update`")
    for _, message in sorted(present - messages, key=repr):
        yield Problem(path, _first(message), "no longer used, run `manage.py messages update`")


def _inside(path: Path, entry: Entry, *, plurals: int) -> Iterator[Problem]:
    if entry.fuzzy:
        yield Problem(path, entry.ids[0], "fuzzy")
    if not all(entry.strings) or (len(entry.ids) > 1 and len(entry.strings) != plurals):
        yield Problem(path, entry.ids[0], "not translated")
        return
    for index, string in enumerate(entry.strings):
        # A language with one form writes the count where English may leave it out.
        source = entry.ids[0] if plurals > 1 and index == 0 else entry.ids[-1]
        if placeholders(string) != placeholders(source):
            yield Problem(path, entry.ids[0], "placeholders differ")


def placeholders(text: str) -> list[str]:
    """What the program fills in, in sorted order; `%%` is a percent sign."""
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def _messages_in(path: Path, *, template: bool) -> Iterator[Key]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif template and path.suffix in TEMPLATE_ENDINGS:
        # In parentheses the tokenizer does not mind a template's indentation.
        source = f"(\n{templatize(path.read_text(), origin=str(path))}\n)".encode()
    else:
        return
    for _, message, _, context in extract(
        "python", io.BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield str(context or ""), tuple(message) if isinstance(message, list | tuple) else message


def _header(locale: str) -> str:
    fields = [
        f"Language: {locale}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {LOCALES[locale]}",
    ]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields), "", ""])


def _read(path: Path, locale: str) -> Catalog:
    """The catalogue; an empty one where there is no file. Raises PoFileError for a file that cannot be read."""
    content = path.read_bytes() if path.exists() else _header(locale).encode()
    catalogue = read_po(io.BytesIO(content), locale=locale, abort_invalid=True)
    catalogue.fuzzy = False
    return catalogue


def _entries(catalogue: Catalog) -> list[Entry]:
    return [
        Entry(str(message.context or ""), _forms(message.id), _forms(message.string), message.fuzzy)
        for message in catalogue
        if message.id
    ]


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def _merged(messages: set[Key], old: Catalog, locale: str) -> Catalog:
    known = {entry.key: entry.strings for entry in _entries(old)}
    new = read_po(io.BytesIO(_header(locale).encode()), locale=locale)
    for context, message in sorted(messages, key=lambda key: (_first(key[1]), key[0])):
        if locale == "en":
            strings = _forms(message)
        else:
            strings = known.get((context, message), ("",) * (1 if isinstance(message, str) else new.num_plurals))
        new.add(message, strings[0] if isinstance(message, str) else strings, context=context or None)
    return new


def _text(catalogue: Catalog, locale: str) -> str:
    out = io.BytesIO()
    write_po(out, catalogue, width=120, no_location=True, omit_header=True)
    return _header(locale) + out.getvalue().decode()


def _first(message: Id) -> str:
    return message if isinstance(message, str) else message[0]
