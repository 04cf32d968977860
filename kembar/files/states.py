"""Why a file is not taken, and what its signatures say, in words for a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kembar.files import rules


class Refusal(models.TextChoices):
    """What was found, and what to do about it."""

    EMPTY = rules.EMPTY, _("The file is empty.")
    TOO_LARGE = rules.TOO_LARGE, _("The file is too large. Make it smaller, or hand it in in parts.")
    NOT_ALLOWED = (
        rules.NOT_ALLOWED,
        _("This kind of file cannot be kept. PDF, DOCX, XLSX, ODT, ODS, PNG, JPG, TXT and CSV can."),
    )
    PROGRAM = rules.PROGRAM, _("The file is a program, or carries one.")
    WRONG_EXTENSION = rules.WRONG_EXTENSION, _("The file is something else than its name says.")
    DAMAGED = rules.DAMAGED, _("The file is damaged or not complete. Save it again from the program it was made with.")
    TWO_IN_ONE = rules.TWO_IN_ONE, _("Another file is hidden in this file. Save it again, or print it to a new PDF.")
    ENCRYPTED = rules.ENCRYPTED, _("The file is locked with a password. Save it without one.")
    SCRIPTED = (
        rules.SCRIPTED,
        _("The file holds a script, a macro or a link that runs by itself. Save it without, or print it to a new PDF."),
    )
    HOLDS_FILES = rules.HOLDS_FILES, _("Other files are attached inside this PDF. Hand in each of them by itself.")
    BOMB = rules.BOMB, _("The file would unpack to far more than it should.")
    TOO_COMPLEX = (
        rules.TOO_COMPLEX,
        _("The file takes too long to check. Print it to a new PDF, or hand it in in parts."),
    )
    OLD_OFFICE = rules.OLD_OFFICE, _("This is an old Office format. Save the file as DOCX, XLSX or PDF.")
    NOT_UTF8 = rules.NOT_UTF8, _("The text is not in UTF-8. Save it with the encoding UTF-8.")
    TOO_MANY_PIXELS = (
        rules.TOO_MANY_PIXELS,
        _("The picture is far larger than any page. Scan it again at 300 dots per inch, or save it smaller."),
    )
    ADDED_AFTER_SIGNING = (
        rules.ADDED_AFTER_SIGNING,
        _("Something was added to this PDF after it was signed. Hand in the file as it was signed."),
    )
    BROKEN_SIGNATURE = (
        rules.BROKEN_SIGNATURE,
        _("This PDF was changed after it was signed: its signature fits no more. Hand in the file as it was signed."),
    )


class Verdict(models.TextChoices):
    """What a look at the electronic signatures inside a file found."""

    UNSIGNED = rules.UNSIGNED, _("no electronic signature inside")
    TRUSTED = rules.TRUSTED, _("intact; the issuer of the certificate is trusted here")
    RUN_OUT = (
        rules.RUN_OUT,
        _("intact; the issuer is trusted here, the certificate has run out since and no time stamp proves the day"),
    )
    UNKNOWN_ISSUER = (
        rules.UNKNOWN_ISSUER,
        _("intact; the issuer of the certificate is not known to this instance"),
    )
    NOT_VALID = rules.NOT_VALID, _("intact; the certificate was not valid for this signature")
    UNREAD = rules.UNREAD, _("a signature that cannot be checked here")


class Revocation(models.TextChoices):
    """What a file itself proves of whether a signer's certificate was revoked."""

    NOT_CHECKED = rules.NOT_CHECKED, _("revocation not checked: the file holds no proof of it")
    NOT_REVOKED = rules.NOT_REVOKED, _("not revoked, by proof inside the file")
    REVOKED = rules.REVOKED, _("revoked, by proof inside the file")
