"""Tables of spreadsheets on their way in, their rows, what came of them, and what an office has answered before."""

from typing import IO

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.sources.models import Document
from kembar.spreadsheets.states import Made, Outcome, State, Work


class Spreadsheet(models.Model):
    """One file an officer handed in. `answers` holds what names and words mean, `counts` rows by outcome, and once
    it is in what it brought. `sha256` is of the bytes as they came."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    work = models.CharField(max_length=10, choices=Work, default=Work.NONE, blank=True)
    work_since = models.DateTimeField(null=True)
    broken_off = models.CharField(max_length=20, blank=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    header_row = models.PositiveIntegerField(default=0)
    header_height = models.PositiveSmallIntegerField(default=1)
    fields = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, default="sister")
    record = models.CharField(max_length=60, blank=True)
    carry_down = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    brought_by = models.CharField(max_length=200)
    brought_at = models.DateTimeField()
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.TextField(blank=True)

    privacy = {
        "name": Privacy.INTERNAL, "brought_by": Privacy.DUTY, "entered_by": Privacy.DUTY, "undone_by": Privacy.DUTY,
        "undone_why": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["office", "id"], name="spreadsheet_office")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="undone") | ~models.Q(undone_why=""), name="spreadsheet_undone_why"
            ),
        ]

    # While this process works on it: what shows the others so.
    hold: IO[bytes] | None = None

    def let_go(self) -> None:
        if self.hold:
            self.hold.close()

    @property
    def key(self) -> str:
        return f"spreadsheet:{self.pk}"


class Sheet(models.Model):
    """One sheet of the file. `cells` is JSON text: [number of the row, its cells] for each row that holds anything."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    spreadsheet = models.ForeignKey(Spreadsheet, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    since_1904 = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField()
    cells = models.TextField()

    privacy = {"cells": Privacy.INTERNAL, "name": Privacy.NONE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spreadsheet", "position"], name="sheet_once")]


class Row(models.Model):
    """A row as it was looked through last: what it becomes (`becomes`, for its page) and what is wrong with it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    spreadsheet = models.ForeignKey(Spreadsheet, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    partner = models.CharField(max_length=300, blank=True)
    becomes = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    privacy = {"becomes": Privacy.INTERNAL}

    class Meta:
        indexes = [models.Index(fields=["spreadsheet", "outcome", "line"], name="row_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["spreadsheet", "line"], name="row_once")]


class Entered(models.Model):
    """A claim that bringing in wrote, made stand again, or rejected for a newer one; what taking back goes by."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    spreadsheet = models.ForeignKey(Spreadsheet, on_delete=models.CASCADE, related_name="entered")
    line = models.PositiveIntegerField()
    claim_id = models.BigIntegerField()
    about = models.CharField(max_length=60)
    made = models.CharField(max_length=10, choices=Made)

    class Meta:
        indexes = [
            models.Index(fields=["spreadsheet", "line"], name="entered_by_row"),
            models.Index(fields=["claim_id"], name="entered_claim"),
        ]


class Remembered(models.Model):
    """What an office answered before: a heading's field, the place a name means, the kind a word means."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    said = models.CharField(max_length=300)
    means = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "what", "said"], name="remembered_once")]
