"""The table of letters."""

from django.conf import settings
from django.db import models

from kembar.access.privacy import Privacy
from kembar.mailbox.states import LetterState


class Letter(models.Model):
    """One letter to one address, in one language. `about` names the file or record it is about (`partnership:7`).

    `once` is a name under which the letter may be written only once (a reminder for a day), or null. A `confidential`
    letter holds a link or code that opens something: nobody reads it at the desk, and its text goes once it is sent.
    `html` says whether the plain text goes out as HTML too. `message_id` stays the same when a letter is sent again.
    `claimed_until`: a round is handing it over and has until then; past it, whoever claimed it has died.
    """

    office_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)
    once = models.CharField(max_length=120, null=True, unique=True)
    to_address = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)
    text = models.TextField()
    html = models.BooleanField(default=True)
    unsubscribe = models.CharField(max_length=500, blank=True)
    confidential = models.BooleanField(default=False)
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    privacy = {
        "to_address": Privacy.CONTACT,
        "reply_to": Privacy.CONTACT,
        "heading": Privacy.INTERNAL,
        "text": Privacy.INTERNAL,
        "error": Privacy.CONTACT,
    }

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="letter_due", condition=models.Q(state="waiting")),
            models.Index(fields=["office_id", "id"], name="letter_office"),
            models.Index(fields=["to_address"], name="letter_to"),
        ]

    @property
    def readable(self) -> str:
        """The text as the desk shows it: nothing of a confidential letter, except in the sample."""
        return "" if self.confidential and not settings.KEMBAR_SAMPLE else self.text
