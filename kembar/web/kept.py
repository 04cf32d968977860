"""What a person typed is not lost when the form cannot be taken: shown on the refusal, or kept until they are back."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext

# Longer than any form of the product; what is longer was not typed by a person.
LONGEST = 100_000
_SESSION_KEY = "kept-text"
_NEVER = {"csrfmiddlewaretoken", "code", "credential", "token"}
# Sent along with the rest and of no meaning to a person: which version a form was opened on, and what it held then.
_CARRIED = ("opened_with", "initial-")


@dataclass(frozen=True)
class Typed:
    """One field of a form."""

    name: str
    text: str

    @property
    def label(self) -> str:
        """The field's name as a person reads it; its real label belongs to the form, which is out of reach."""
        return gettext(self.name.replace("_", " ").replace("-", " ").strip().capitalize())

    @property
    def shown(self) -> bool:
        return bool(self.text.strip()) and not self.name.startswith(_CARRIED)


@dataclass(frozen=True)
class Kept:
    """A form that could not be taken: where it was going and what stood in it."""

    path: str
    fields: list[Typed]


def typed(request: HttpRequest) -> list[Typed]:
    """What a person typed into the form of this request, to be shown again. Empty for a GET."""
    return [entry for entry in _fields(request) if entry.shown]


def keep(request: HttpRequest) -> None:
    """Puts the form into the session, where it waits until somebody has signed in in this browser."""
    fields = _fields(request)
    if fields:
        request.session[_SESSION_KEY] = [request.get_full_path(), [[entry.name, entry.text] for entry in fields]]


def waiting(request: HttpRequest) -> Kept | None:
    """The form that waits in this session."""
    given = request.session.get(_SESSION_KEY)
    return Kept(given[0], [Typed(name, text) for name, text in given[1]]) if given else None


def discard(request: HttpRequest) -> None:
    request.session.pop(_SESSION_KEY, None)


def _fields(request: HttpRequest) -> list[Typed]:
    """Every field of the form but passwords, codes and the form's own token; none of a form too long to be one."""
    if request.method != "POST":
        return []
    try:
        given = request.POST
    except (RawPostDataException, MultiPartParserError, OSError):
        return []
    found = [Typed(name, text) for name, texts in given.lists() for text in texts]
    found = [entry for entry in found if entry.name not in _NEVER and "password" not in entry.name]
    return found if sum(len(entry.text) for entry in found) <= LONGEST else []
