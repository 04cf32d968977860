"""Tables of documents and claims. No foreign key leads up: a claim names its subject as `concept:id`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kembar.access.privacy import Privacy
from kembar.lib.fields import EdtfField
from kembar.sources.states import Confidence, Decision, DocumentKind, Outcome


class Document(models.Model):
    """One source: an article, a page, a signed paper, a letter, the office's own statement."""

    office_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published = EdtfField(_("published"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Entered twice: its claims moved to the other one, which is found in its place from then on.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    privacy = {"note": Privacy.INTERNAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_id", "title", "publisher", "address"], name="document_once"),
        ]


class Claim(models.Model):
    """What one document says of one attribute of one record.

    `value` is the canonical text (EDTF for a date, a code for a kind, items joined by "; " for a scope), `said` the
    words of the source, `date` the same value as a date where it is one. `about` names the file it belongs to.
    """

    office_id = models.BigIntegerField()
    about = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    attribute = models.CharField(max_length=40)
    value = models.TextField()
    date = EdtfField(null=True, blank=True)
    said = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="claims")
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.UNKNOWN)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    privacy = {"decided_by": Privacy.DUTY}

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="claim_about"),
            models.Index(fields=["subject", "attribute"], name="claim_subject"),
            models.Index(fields=["office_id", "decision", "id"], name="claim_office_decision"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision="rejected") | ~models.Q(reason=""), name="claim_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="open") | models.Q(decided_at__isnull=False), name="claim_decided_at"
            ),
        ]


class Report(models.Model):
    """What a visitor found wrong on a public page. No name and no address is asked for: `token` opens the answer.

    `sender` is a keyed fingerprint of where it came from, good for one day, so that nobody floods the office.
    """

    office_id = models.BigIntegerField()
    about = models.CharField(max_length=60, blank=True)
    page = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    text = models.TextField()
    token = models.CharField(max_length=43, unique=True)
    sender = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN)
    reply = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    privacy = {
        "text": Privacy.INTERNAL, "reply": Privacy.INTERNAL, "sender": Privacy.CONTACT, "answered_by": Privacy.DUTY,
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["office_id", "outcome", "id"], name="report_office_outcome"),
            models.Index(fields=["sender", "made_at"], name="report_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open") | models.Q(answered_at__isnull=False) & ~models.Q(reply=""),
                name="report_answered_in_words",
            ),
        ]
