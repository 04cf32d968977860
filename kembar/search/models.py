"""The table of what can be found, and the one lookup that asks the index of each database."""

from typing import Any

from django.db import models
from django.db.models.sql.compiler import SQLCompiler

from kembar.search.tokens import Plan

MOST_MATCHES = 500  # the newest that are looked at; finding them all would cost what nobody reads


class TokensField(models.TextField):  # type: ignore[type-arg]
    """Tokens parted by single spaces. `tokens__found=Plan(…)` asks the full-text index, never the column."""


@TokensField.register_lookup
class Found(models.Lookup):
    """Made by migration 0001: the FTS5 table `search_words` on SQLite, the column `vector` on PostgreSQL."""

    lookup_name = "found"
    prepare_rhs = False
    rhs: Plan

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[str | int]]:
        return (
            '"search_indexed"."id" IN'
            " (SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s)",
            [self.rhs.fts5(), MOST_MATCHES],
        )

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[str]]:
        return '"search_indexed"."vector" @@ %s::tsquery', [self.rhs.tsquery()]


class Visibility(models.TextChoices):
    """Who may find a record; no label, for it is shown to nobody."""

    PUBLIC = "public", "public"
    OFFICE = "office", "office"
    PRIVATE = "private", "private"  # of the office, and there for those alone who may read what is private


class Indexed(models.Model):
    """One record that can be found, with what a list of results shows of it. `office_id` is null for what all share.

    `subject` is `concept:id`, `about` the file it belongs to: addresses are made from them by the pages above.
    """

    office_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    line = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility)
    tokens = TokensField()
