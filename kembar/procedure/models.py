"""Tables of the legal road: versions of templates, cases, what was done on each step, checks, and days off."""

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.lib.fields import EdtfField
from kembar.partnerships.models import Partnership
from kembar.procedure.states import Choice, Clause, Deed, Kind, Requirement, Result, Stage, Standing
from kembar.sources.models import Document


class TemplateVersion(models.Model):
    """One version of one template, as its text. Never changed: a case holds on to the one it began with."""

    code = models.CharField(max_length=50)
    version = models.PositiveIntegerField()
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200, blank=True)
    privacy = {"added_by": Privacy.DUTY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="template_version_once")]

    @property
    def key(self) -> str:
        return f"template:{self.pk}"

    @property
    def name(self) -> str:
        return f"{self.code}@{self.version}"


class Case(models.Model):
    """One walk along the road. `stage`, `step`, `holder` and `since` follow from its runs and are written by
    actions.bring_in_step alone: the list of 20,000 cases reads no run.

    `step` and `holder` name the first open step of our side; `since` is when the file came to lie there. `renews` and
    `paper` name instruments (`instrument:7`); `scope` holds one planned item a line, `objects` codes with spaces.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Kind)
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=300)
    opened_on = EdtfField()
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.RUNNING)
    standing_since = EdtfField(null=True)
    reason = models.TextField(blank=True)
    stage = models.CharField(max_length=30, choices=Stage, blank=True, default=Stage.BEGUN)
    step = models.CharField(max_length=50, blank=True)
    holder = models.CharField(max_length=50, blank=True)
    since = EdtfField(null=True)
    chased_on = models.DateField(null=True)
    objects_of = models.CharField(max_length=100, blank=True)
    scope = models.TextField(blank=True)
    planned_term = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=10, choices=Clause, blank=True, default=Clause.NOT_KNOWN)
    renews = models.CharField(max_length=60, blank=True)
    paper = models.CharField(max_length=60, blank=True)
    opened_itself = models.BooleanField(default=False)
    over_on = EdtfField(null=True)
    version = models.PositiveIntegerField(default=1)
    privacy = {"reason": Privacy.INTERNAL, "holder": Privacy.NONE}

    class Meta:
        indexes = [
            models.Index(fields=["office", "standing", "holder", "since_latest"], name="case_waiting"),
            models.Index(fields=["partnership", "id"], name="case_file"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "renews"],
                condition=models.Q(opened_itself=True) & ~models.Q(renews=""),
                name="case_opens_itself_once",
            ),
        ]

    @property
    def key(self) -> str:
        return f"case:{self.pk}"

    @property
    def scope_items(self) -> list[str]:
        return self.scope.splitlines()


class StepRun(models.Model):
    """What was done on one step, when, with which paper. `superseded`: undone by sending the file back before it.

    `began` is when the file came to lie at that step; `record` the register's record it made (`approval:7`). `carried`:
    it was done on another road, and counts on this one by that decision.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="runs")
    step = models.CharField(max_length=50)
    deed = models.CharField(max_length=10, choices=Deed)
    on = EdtfField(null=True)
    began = EdtfField(null=True)
    back_to = models.CharField(max_length=50, blank=True)
    number = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    record = models.CharField(max_length=60, blank=True)
    superseded = models.BooleanField(default=False)
    carried = models.ForeignKey("RoadChange", on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    privacy = {"note": Privacy.INTERNAL, "signatory": Privacy.PUBLIC_OFFICE, "entered_by": Privacy.DUTY}

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="step_run_of_case"),
            models.Index(fields=["office", "step", "id"], name="step_run_of_step"),
        ]

    @property
    def key(self) -> str:
        return f"steprun:{self.pk}"


class RoadChange(models.Model):
    """A running case went over to another version of the law. `becomes`: step that was done → step it counts as, ""
    for none."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")
    before = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField()
    becomes = models.JSONField(default=dict)
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    privacy = {"reason": Privacy.INTERNAL, "entered_by": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["office", "case", "id"], name="road_change_case")]


class Check(models.Model):
    """Whether one of the nine requirements is met, what shows it, who looked, when."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    requirement = models.CharField(max_length=20, choices=Requirement)
    result = models.CharField(max_length=10, choices=Result)
    evidence = models.TextField(blank=True)
    checker = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    privacy = {"checker": Privacy.DUTY, "evidence": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "requirement"], name="check_once")]


class Override(models.Model):
    """A rule that was set aside for one case, or a scope item cleared after the council had approved another scope.

    `rule` is a code of rules.py (`council_plenary`), or `scope:` and the item. Everyone may read it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="overrides")
    rule = models.CharField(max_length=320)
    reason = models.TextField()
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    privacy = {"reason": Privacy.PUBLIC_OFFICE, "entered_by": Privacy.DUTY}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rule"], name="override_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_with_reason"),
        ]


class DayOff(models.Model):
    """A day on which an office's calendar differs from the holidays of a country: off, or worked after all."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    day = models.DateField()
    works = models.BooleanField(default=False)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "country", "day"], name="day_off_once")]


class Recess(models.Model):
    """Days on which the office's council does not meet, both included, with where that is known from. `withdrawn` is
    the reason why it counts no more, "" while it counts."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    withdrawn = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    privacy = {"entered_by": Privacy.DUTY}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="recess_ends_later")
        ]

    @property
    def key(self) -> str:
        return f"recess:{self.pk}"


class LetterChoice(models.Model):
    """What the office decided about a letter of intent gone stale; the newest counts. `paper`: instrument:7."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60)
    choice = models.CharField(max_length=10, choices=Choice)
    reason = models.TextField()
    until = models.DateField(null=True)
    entered_by = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    privacy = {"reason": Privacy.INTERNAL, "entered_by": Privacy.DUTY}

    class Meta:
        indexes = [models.Index(fields=["office", "paper", "id"], name="letter_choice_paper")]
