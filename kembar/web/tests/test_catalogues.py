"""Catalogues: taken from the sources, merged, checked, compiled."""

import gettext
import os
from pathlib import Path

import pytest

from kembar.web import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
def f(n):
    _("Partner")
    _("In force until %(day)s")
    pgettext("month", "May")
    return ngettext("%(n)d paper", "%(n)d papers", n)
"""
TEMPLATE = """{% load i18n %}
<p title='{% translate "It's open" %}'>
      {% blocktranslate trimmed count n=papers %}
   one “paper” {{ a }}
      {% plural %}{{ n }} papers {{ a }}{% endblocktranslate %}
  {{ value|default:_("not known") }} {# not a message #}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("papers", "people"):
        (tmp_path / name / "templates" / name).mkdir(parents=True)
        (tmp_path / name / "tests").mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "papers" / "views.py").write_text(PYTHON)
    (tmp_path / "papers" / "templates" / "papers" / "page.html").write_text(TEMPLATE)
    (tmp_path / "papers" / "tests" / "test_views.py").write_text('_("Only in a test")')
    (tmp_path / "people" / "views.py").write_text('_("Partner")')
    return tmp_path


def po(root: Path, locale: str, concept: str = "papers") -> Path:
    return catalogues.catalogue_path(root / concept, locale)


def translate(root: Path, locale: str, replacements: dict[str, str], concept: str = "papers") -> None:
    path = po(root, locale, concept)
    text = path.read_text()
    for message, string in replacements.items():
        old = f'msgid "{message}"\nmsgstr ""'
        assert old in text
        text = text.replace(old, f'msgid "{message}"\nmsgstr "{string}"')
    path.write_text(text)


def test_messages_are_taken_from_python_and_templates_but_not_from_tests(root: Path) -> None:
    assert catalogues.messages_of(root / "papers") == {
        ("", "Partner"),
        ("", "In force until %(day)s"),
        ("month", "May"),
        ("", ("%(n)d paper", "%(n)d papers")),
        ("", "It's open"),
        ("", ("one “paper” %(a)s", "%(n)s papers %(a)s")),
        ("", "not known"),
    }


def test_english_is_filled_in_and_the_others_wait(root: Path) -> None:
    catalogues.update(root / "people")
    assert po(root, "en", "people").read_text().endswith('msgid "Partner"\nmsgstr "Partner"\n\n')
    assert po(root, "ko", "people").read_text().endswith('msgid "Partner"\nmsgstr ""\n\n')


def test_translations_are_kept_new_messages_added_and_unused_ones_dropped(root: Path) -> None:
    folder = root / "papers"
    catalogues.update(folder)
    translate(root, "id", {"Partner": "Mitra", "In force until %(day)s": "Berlaku sampai %(day)s"})
    (folder / "views.py").write_text('_("Partners")\n_("Partner")')
    catalogues.update(folder)
    text = po(root, "id").read_text()
    assert 'msgid "Partner"\nmsgstr "Mitra"' in text
    assert 'msgid "Partners"\nmsgstr ""' in text, "a similar message is never guessed"
    assert "Berlaku" not in text


def test_an_update_of_an_unchanged_concept_changes_nothing(root: Path) -> None:
    assert len(catalogues.update(root / "papers")) == 4
    assert catalogues.update(root / "papers") == []


def complaints(root: Path) -> list[tuple[str, str]]:
    return sorted(
        (problem.what.split(",")[0].split(" in ")[0], problem.message) for problem in catalogues.problems(root)
    )


def test_the_check_lists_what_is_missing_wrong_or_said_in_two_ways(root: Path) -> None:
    (root / "papers" / "views.py").write_text('_("Partner")\n_("Until %(day)s")\n_("Old")')
    (root / "papers" / "templates" / "papers" / "page.html").write_text("")
    for name in ("papers", "people"):
        catalogues.update(root / name)
    for locale in ("ko", "zh_Hans"):
        translate(root, locale, {"Partner": "P", "Until %(day)s": "%(day)s", "Old": "O"})
        translate(root, locale, {"Partner": "P"}, concept="people")
    translate(root, "id", {"Partner": "Mitra", "Until %(day)s": "Sampai %(hari)s"})
    translate(root, "id", {"Partner": "Rekan"}, concept="people")
    (root / "papers" / "views.py").write_text('_("Partner")\n_("Until %(day)s")\n_("New")')
    path = po(root, "id")
    path.write_text(path.read_text().replace('msgid "Old"', '#, fuzzy\nmsgid "Old"'))
    assert complaints(root) == sorted(
        [
            ("fuzzy", "Old"),
            ("not translated", "Old"),
            ("placeholders differ", "Until %(day)s"),
            ("translated otherwise", "Partner"),
            *[("missing", "New")] * 4,
            *[("no longer used", "Old")] * 4,
        ]
    )


def test_one_form_languages_are_checked_against_the_plural(root: Path) -> None:
    (root / "people" / "views.py").write_text('ngettext("one visit", "%(n)d visits", n)')
    catalogues.update(root / "people")
    path = po(root, "ko", "people")
    path.write_text(path.read_text().replace('msgstr[0] ""', 'msgstr[0] "방문"'))
    said = [p.what for p in catalogues.problems(root) if p.catalogue == path]
    path.write_text(path.read_text().replace('msgstr[0] "방문"', 'msgstr[0] "방문 %(n)d회"'))
    assert (said, [p.what for p in catalogues.problems(root) if p.catalogue == path]) == (["placeholders differ"], [])


def test_a_message_with_and_without_a_plural_is_refused(root: Path) -> None:
    (root / "people" / "views.py").write_text('_("visit")\nngettext("visit", "visits", n)')
    with pytest.raises(ValueError, match="with and without a plural"):
        catalogues.update(root / "people")


def test_compiled_catalogues_are_what_gettext_reads_and_only_the_stale_are_written(root: Path) -> None:
    folder = root / "papers"
    catalogues.update(folder)
    translate(root, "zh_Hans", {"Partner": "伙伴"})
    assert len(catalogues.compile_stale(folder)) == 4
    with po(root, "zh_Hans").with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Partner") == "伙伴"
    assert catalogues.compile_stale(folder) == []
    os.utime(po(root, "id"), ns=(2**61, 2**61))
    assert catalogues.compile_stale(folder) == [po(root, "id").with_suffix(".mo")]


def test_a_concept_without_messages_keeps_no_catalogue(root: Path) -> None:
    catalogues.update(root / "people")
    catalogues.compile_stale(root / "people")
    (root / "people" / "views.py").write_text("")
    catalogues.update(root / "people")
    catalogues.compile_stale(root / "people")
    assert [path for path in (root / "people" / "locale").rglob("*") if path.is_file()] == []
