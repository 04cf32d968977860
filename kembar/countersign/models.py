"""Tables of requests, the contents asked about, and answers."""

from datetime import datetime

from django.db import models

from kembar.access.privacy import Privacy
from kembar.cities.models import Office
from kembar.countersign import rules
from kembar.countersign.rules import Closed, Content
from kembar.countersign.states import Channel, Fell, Reply
from kembar.people.models import Contact


class Request(models.Model):
    """One contact of the other side is asked to answer; `about` names the file (`partnership:7`).

    Name, post and address are those of the day: the contact may change. `language` is the other side's,
    `own_language` the office's. `code_hash` is of the last code sent, empty when there is none to enter.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=400, blank=True)
    email = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)
    own_language = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    answer_by = models.DateField()
    asked_again_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    codes_sent = models.PositiveIntegerField(default=0)  # within the hour that began at codes_since
    codes_since = models.DateTimeField(null=True)
    wrong_in_a_row = models.PositiveIntegerField(default=0)
    wrong_in_all = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    privacy = {
        "contact": Privacy.CONTACT, "name": Privacy.CONTACT, "post": Privacy.CONTACT, "email": Privacy.CONTACT,
        "made_by": Privacy.DUTY, "answer_by": Privacy.NONE,
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["office", "about", "-id"], name="confirmation_file"),
            models.Index(fields=["answer_by"], name="confirmation_answer_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel=Channel.SHEET) | ~models.Q(email=""), name="confirmation_has_address"
            ),
        ]

    def closed(self, now: datetime) -> Closed | None:
        """Why nobody can answer it any more; None while it can be answered."""
        if self.revoked_at is not None:
            return Closed.REVOKED
        if self.wrong_in_all >= rules.WRONG_IN_ALL:
            return Closed.TRIED_TOO_OFTEN
        return Closed.EXPIRED if self.expires_at <= now else None


class Link(models.Model):
    """One mailed address that leads to a request. Only the fingerprint of what stands in it is kept."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="links")
    office_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    letter_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()


class Asked(models.Model):
    """One content as it went out; `fingerprint` is of `content`. `closed_at`: nobody waits for an answer any more, for
    what it was about has been settled; one that comes all the same is taken."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="asked")
    office_id = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office_id", "subject", "id"], name="asked_subject")]
        constraints = [models.UniqueConstraint(fields=["request", "subject"], name="asked_once_a_request")]

    @property
    def shown(self) -> Content:
        return rules.from_plain(self.content)


class Answer(models.Model):
    """What somebody of the other side said of a content: `content` is what stood before them, word for word.

    `file_key` is the signed sheet (`file:7`), `entered_by` who filed it. A confirmation that `fell_at` no longer
    stands; `became` is the content that took its place. `settled_at`: the office has dealt with the answer.
    """

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="answers")
    office_id = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    reply = models.CharField(max_length=8, choices=Reply)
    words = models.TextField(blank=True)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=400, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)
    at = models.DateTimeField()
    signed_on = models.DateField(null=True)  # the day that stands on a sheet
    file_key = models.CharField(max_length=60, blank=True)
    entered_by = models.CharField(max_length=200, blank=True)
    fell_at = models.DateTimeField(null=True)
    fell_why = models.CharField(max_length=10, choices=Fell, blank=True)
    became = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_words = models.TextField(blank=True)
    privacy = {
        "name": Privacy.CONTACT, "post": Privacy.CONTACT, "words": Privacy.INTERNAL, "entered_by": Privacy.DUTY,
        "settled_by": Privacy.DUTY, "settled_words": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["office_id", "subject", "id"], name="answer_subject"),
            models.Index(fields=["office_id", "reply", "id"], name="answer_waiting",
                         condition=models.Q(settled_at=None)),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=~models.Q(reply=Reply.DISPUTE) | ~models.Q(words=""),
                                   name="answer_disputed_with_words"),
            models.CheckConstraint(condition=models.Q(fell_at=None) | ~models.Q(fell_why=""), name="answer_fell_why"),
        ]  # fmt: skip

    @property
    def shown(self) -> Content:
        return rules.from_plain(self.content)
