"""Writes the tables of country and region names from CLDR, ISO 3166 and the gazetteer: `python -m …lexicon.rebuild`.

The reader starts in a fraction of a second because it reads these two small files instead of the libraries behind them.
"""

from __future__ import annotations

from pathlib import Path

LOCALES = ("id", "en", "ko", "zh_Hans", "de", "ja", "zh_Hant", "nl", "fr", "es")


def countries() -> list[str]:
    from babel import Locale

    from kembar.cities import countries as known

    tables = [Locale.parse(locale).territories for locale in LOCALES]
    lines = []
    for code in known.codes():
        names = [str(table[code]) for table in tables if code in table]
        names += known.country_names(code)
        lines.append("\t".join([code, *dict.fromkeys(name for name in names if name and name != code)]))
    return lines


def regions() -> list[str]:
    from kembar.cities import gazetteer

    lines = []
    provinces = [city for city in gazetteer.cities() if city.rank == 1]
    for region in (*provinces, *gazetteer.regions()):
        spellings = [(name, language) for name, language in region.spellings() if len(name) > 1]
        if region.geonameid is not None:
            spellings = [(name, language) for name, language in spellings if language not in {"latin", "ja"}]
        names = [name for name, _ in spellings]
        lines.append("\t".join([region.country, region.code, *names]))
    return lines


def main() -> None:
    here = Path(__file__).parent
    (here / "countries" / "names.tsv").write_text("\n".join(countries()) + "\n", encoding="utf-8")
    (here / "regions" / "names.tsv").write_text("\n".join(regions()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
