"""Who may do what, read off as whole tables so that a slip in one cell shows."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from kembar.access.permissions import (
    ANONYMOUS,
    EVERYONE,
    ROLE_PERMISSIONS,
    SCOPE_PERMISSIONS,
    SYSTEM,
    Actor,
    NotAllowed,
    Permission,
    Role,
    Scope,
    may,
    require,
)

BANDUNG, SUWON = 1, 2
OFFICER = {
    "view_register",
    "read_desk",
    "keep_register",
    "decide_claims",
    "import_claims",
    "read_private",
    "translate",
    "read_texts",
    "make_tokens",
    "move_cases",
}


def member(role: Role, *, office_id: int = BANDUNG) -> Actor:
    return Actor(person_id=7, label="Sari", roles={office_id: frozenset({role})})


def allowed(actor: Actor, *, office_id: int | None = BANDUNG) -> set[str]:
    return {str(permission) for permission in Permission if may(actor, permission, office_id=office_id)}


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.OFFICER, OFFICER),
        (Role.TRANSLATOR, {"view_register", "read_desk", "read_private", "translate", "read_texts", "make_tokens"}),
        (Role.HEAD, OFFICER | {"manage_members", "set_reminders", "set_letterhead"}),
        (Role.READER, {"view_register", "read_desk", "make_tokens"}),
        (Role.ADMINISTRATOR, {"view_register", "manage_members", "manage_cities", "manage_templates"}),
    ],
)
def test_each_role_may_exactly_this_in_its_own_office(role: Role, permissions: set[str]) -> None:
    assert allowed(member(role)) == permissions


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TRANSLATOR, Role.HEAD, Role.READER])
def test_a_member_of_another_office_is_a_stranger(role: Role) -> None:
    assert allowed(member(role, office_id=SUWON)) == {"view_register"}


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("role", Role)
def test_a_program_may_what_its_person_may_and_of_that_only_its_scope(role: Role, scope: Scope) -> None:
    person = member(role)
    program = replace(person, only=SCOPE_PERMISSIONS[scope])
    assert allowed(program) == {"view_register"} | (allowed(person) & set(SCOPE_PERMISSIONS[scope]))
    assert allowed(program, office_id=SUWON) == {"view_register"}


def test_an_administrator_of_any_office_keeps_the_cities_and_templates_all_offices_share() -> None:
    assert allowed(member(Role.ADMINISTRATOR, office_id=SUWON)) == {
        "view_register",
        "manage_cities",
        "manage_templates",
    }


def test_a_visitor_reads_the_register_and_nothing_else() -> None:
    assert allowed(ANONYMOUS) == {"view_register"}


def test_two_roles_in_one_office_add_up() -> None:
    both = Actor(person_id=7, label="Sari", roles={BANDUNG: frozenset({Role.TRANSLATOR, Role.ADMINISTRATOR})})
    assert allowed(both) == {
        "view_register",
        "read_desk",
        "read_private",
        "translate",
        "read_texts",
        "make_tokens",
        "manage_members",
        "manage_cities",
        "manage_templates",
    }


def test_what_belongs_to_an_office_is_refused_when_no_office_is_named() -> None:
    assert allowed(member(Role.HEAD), office_id=None) == {"view_register"}


def test_the_system_may_everything() -> None:
    assert allowed(SYSTEM) == {str(permission) for permission in Permission}


def test_every_role_has_its_line_and_every_permission_has_a_holder() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert EVERYONE.union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_a_refusal_says_who_wanted_what_where() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(member(Role.READER), Permission.KEEP_REGISTER, office_id=BANDUNG)
    assert str(refusal.value) == "Sari may not keep_register in office 1"
    assert (refusal.value.permission, refusal.value.office_id) == (Permission.KEEP_REGISTER, BANDUNG)


def test_a_stranger_with_no_name_is_called_a_visitor() -> None:
    with pytest.raises(NotAllowed, match=r"^a visitor may not decide_claims in office 1$"):
        require(ANONYMOUS, Permission.DECIDE_CLAIMS, office_id=BANDUNG)


def test_nothing_happens_when_the_actor_may() -> None:
    require(member(Role.OFFICER), Permission.DECIDE_CLAIMS, office_id=BANDUNG)


@pytest.mark.parametrize(
    ("language", "role", "permission"),
    [
        ("id", "petugas kerja sama", "membaca register publik"),
        ("en", "cooperation officer", "read the public register"),
        ("ko", "교류 담당자", "공개 등록부 열람하기"),
        ("zh-hans", "合作专员", "查看公开登记册"),
    ],
)
def test_roles_and_permissions_have_words_in_four_languages(language: str, role: str, permission: str) -> None:
    with override(language):
        assert (str(Role.OFFICER.label), str(Permission.VIEW_REGISTER.label)) == (role, permission)
