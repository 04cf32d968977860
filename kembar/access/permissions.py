"""Who may do what: the only page that says it. A change here is a change of policy (docs/running/permissions.md).

Nothing is allowed because nobody thought of it: a permission a role does not list is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    """What can be allowed; the label finishes the sentence "This person may …"."""

    VIEW_REGISTER = "view_register", _("read the public register")
    READ_DESK = "read_desk", _("open the desk of the office: its files, its sources and what falls due")
    KEEP_REGISTER = "keep_register", _("record, correct and void entries of the register")
    DECIDE_CLAIMS = "decide_claims", _("accept or reject what sources say, giving the reason")
    IMPORT_CLAIMS = "import_claims", _("bring in a file of what sources say")
    TRANSLATE = "translate", _("write texts in another language")
    READ_PRIVATE = "read_private", _("read contacts and internal notes of the office")
    READ_TEXTS = "read_texts", _("have texts read without keeping them")
    MAKE_TOKENS = "make_tokens", _("make access tokens, with which other programs act in their name")
    MANAGE_MEMBERS = "manage_members", _("admit members of the office, give them roles and let them go")
    MANAGE_CITIES = "manage_cities", _("add cities and correct their names for every office")
    MOVE_CASES = "move_cases", _("open cases on the legal road and record what was done on each step")
    SET_REMINDERS = (
        "set_reminders",
        _("set after how many days a promise goes to the deputy and the head, and how early renewals begin"),
    )
    SET_LETTERHEAD = "set_letterhead", _("set the letterhead of the office and how its letters are numbered")
    MANAGE_TEMPLATES = "manage_templates", _("bring in new versions of procedure templates for every office")


class Role(TextChoices):
    """What a member is in one office; a person may be different things in two offices."""

    OFFICER = "officer", _("cooperation officer")
    TRANSLATOR = "translator", _("translator")
    HEAD = "head", _("head of the office")
    READER = "reader", _("reader")
    ADMINISTRATOR = "administrator", _("administrator")


_OFFICER = frozenset(
    {Permission.READ_DESK, Permission.KEEP_REGISTER, Permission.DECIDE_CLAIMS, Permission.IMPORT_CLAIMS,
     Permission.READ_PRIVATE, Permission.TRANSLATE, Permission.READ_TEXTS, Permission.MAKE_TOKENS,
     Permission.MOVE_CASES}
)  # fmt: skip
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.OFFICER: _OFFICER,
        # Reads letters and whom they go to, in order to word them; decides nothing.
        Role.TRANSLATOR: frozenset(
            {
                Permission.READ_DESK,
                Permission.READ_PRIVATE,
                Permission.TRANSLATE,
                Permission.READ_TEXTS,
                Permission.MAKE_TOKENS,
            }
        ),  # fmt: skip
        Role.HEAD: _OFFICER | {Permission.MANAGE_MEMBERS, Permission.SET_REMINDERS, Permission.SET_LETTERHEAD},
        # Council and ministry: the files and their sources under their own name; no contacts, no notes.
        Role.READER: frozenset({Permission.READ_DESK, Permission.MAKE_TOKENS}),
        # Keeps accounts and reference data; has no business in the office's files.
        Role.ADMINISTRATOR: frozenset(
            {Permission.MANAGE_MEMBERS, Permission.MANAGE_CITIES, Permission.MANAGE_TEMPLATES}
        ),
    }
)
EVERYONE = frozenset({Permission.VIEW_REGISTER})
# Held in any office, it counts for the whole instance: what it touches belongs to no office.
INSTANCE_WIDE = frozenset({Permission.MANAGE_CITIES, Permission.MANAGE_TEMPLATES})


class Scope(TextChoices):
    """What an access token is for. A program gets no more than its person has, and of that only what is named here."""

    READ = "read", _("read what the desk shows: also what is not public, no contacts and no notes")
    SOURCES = "sources", _("enter and correct sources, and enter what they say")
    DECIDE = "decide", _("enter and correct sources and what they say, and accept or reject it, giving the reason")
    TEXTS = "texts", _("have texts read")


SCOPE_PERMISSIONS: Mapping[Scope, frozenset[Permission]] = MappingProxyType(
    {
        Scope.READ: frozenset({Permission.READ_DESK}),
        Scope.SOURCES: frozenset({Permission.READ_DESK, Permission.KEEP_REGISTER}),
        # A decision changes what the register holds.
        Scope.DECIDE: frozenset({Permission.READ_DESK, Permission.KEEP_REGISTER, Permission.DECIDE_CLAIMS}),
        Scope.TEXTS: frozenset({Permission.READ_TEXTS}),
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something. `label` is the name the journal keeps, also after the account is gone.

    `only` narrows what the roles allow, where a program acts in somebody's name; None narrows nothing.
    """

    person_id: int | None
    label: str
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)  # office_id → roles there
    is_system: bool = False
    only: frozenset[Permission] | None = None


SYSTEM = Actor(person_id=None, label="Kembar", is_system=True)  # timers, the command line, the sample story
ANONYMOUS = Actor(person_id=None, label="")


class NotAllowed(Exception):
    """The actor may not do this in this office. A page answers it like something that does not exist."""

    def __init__(self, actor: Actor, permission: Permission, office_id: int | None) -> None:
        self.actor = actor
        self.permission = permission
        self.office_id = office_id
        super().__init__(f"{actor.label or 'a visitor'} may not {permission.value} in office {office_id}")


def may(actor: Actor, permission: Permission, *, office_id: int | None) -> bool:
    """Whether the actor may do this in that office; `office_id=None` is for what belongs to no office."""
    if actor.is_system or permission in EVERYONE:
        return True
    if actor.only is not None and permission not in actor.only:
        return False
    if permission in INSTANCE_WIDE:
        held = frozenset[Role]().union(*actor.roles.values())
    elif office_id is None:
        return False
    else:
        held = actor.roles.get(office_id, frozenset())
    return any(permission in ROLE_PERMISSIONS[role] for role in held)


def may_give(actor: Actor, role: Role) -> bool:
    """A role that counts for the whole instance is given by nobody who has not what it gives: the head of one office
    cannot make anybody, themselves included, the administrator of all."""
    return all(may(actor, each, office_id=None) for each in ROLE_PERMISSIONS[role] & INSTANCE_WIDE)


def require(actor: Actor, permission: Permission, *, office_id: int | None) -> None:
    """Raises NotAllowed unless the actor may; the first line of every action."""
    if not may(actor, permission, office_id=office_id):
        raise NotAllowed(actor, permission, office_id)
