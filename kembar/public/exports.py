"""The register as a table to take away: the same columns for CSV, XLSX and JSON."""

from django.utils.translation import gettext

from kembar.lib.tables import Column
from kembar.public.register import Row


def columns(*, site_address: str) -> list[Column[Row]]:
    """Codes for programs and words for people; keys as `kembar partnerships --format json` names them."""
    return [
        Column("name", gettext("Partner"), lambda row: row.name, 24),
        Column("partner", gettext("Partner, in English"), lambda row: row.english_name, 24),
        Column("own_name", gettext("Name in its own script"), lambda row: row.own or row.name, 24),
        Column("country", gettext("Country (ISO 3166-1)"), lambda row: row.country_code, 10),
        Column("country_name", gettext("Country"), lambda row: row.country, 20),
        Column("kind", gettext("Kind (code)"), lambda row: row.kind_code, 12),
        Column("kind_name", gettext("Kind"), lambda row: row.kind, 24),
        Column("headline", gettext("Legal state (code)"), lambda row: row.headline, 18),
        Column("headline_name", gettext("Legal state"), lambda row: row.state, 28),
        Column("since", gettext("Since"), lambda row: row.since_date.date_text if row.since_date else None, 14),
        Column(
            "since_precision",
            gettext("Since, known to the"),
            lambda row: str(row.since_date.precision) if row.since_date else None,
            14,
        ),
        Column("until", gettext("Until"), lambda row: row.until_date.date_text if row.until_date else None, 14),
        Column("sister_city", gettext("Sister city on this day"), lambda row: row.sister_city, 12),
        Column("instruments", gettext("Papers"), lambda row: row.papers, 10),
        Column("open_claims", gettext("Undecided statements"), lambda row: row.open_claims, 12),
        Column("address", gettext("Page"), lambda row: f"{site_address}{row.href}", 40),
    ]
