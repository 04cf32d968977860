"""The members of an office, for its head."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kembar.access.permissions import EVERYONE, ROLE_PERMISSIONS, Permission, Role
from kembar.people import queries
from kembar.people.actions import members as actions
from kembar.people.forms import InviteForm, ResetForm
from kembar.web.entry import actor_of, needs, signed_in

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.MANAGE_MEMBERS)
@require_GET
def members(request: Any, office: str) -> HttpResponse:
    by = actor_of(request)
    context = {
        "members": queries.members_of(request.office, by=by),
        "invitations": queries.open_invitations(request.office, by=by),
        "today": request.office.today(),
    }
    return render(request, "people/members.html", context)


@needs(Permission.MANAGE_MEMBERS)
@form_methods
def invite(request: Any, office: str) -> HttpResponse:
    initial = {"language": request.LANGUAGE_CODE, "role": Role.OFFICER}
    form = InviteForm(request.POST or None, by=actor_of(request), initial=initial)
    if form.is_valid():
        try:
            actions.invite(request.office, by=actor_of(request), **form.cleaned_data)
        except actions.WrongInvitation as wrong:
            _explain(form, wrong.reason)
        else:
            return redirect("people_members", office=office)
    context = {"form": form, "heading": _("Invite a member"), "submit": _("Send the invitation"),
               "lead": _("The letter holds a link that works once, within seven days.")}  # fmt: skip
    return render(request, "people/form.html", context)


@needs(Permission.MANAGE_MEMBERS)
@form_methods
def withdraw(request: Any, office: str, invitation: int) -> HttpResponse:
    try:
        letter = queries.invitation(invitation, office=request.office, by=actor_of(request))
    except queries.NoSuchInvitation:
        raise Http404 from None
    if request.method == "POST":
        actions.withdraw_invitation(letter, by=actor_of(request))
        return redirect("people_members", office=office)
    context = {"heading": _("Withdraw the invitation of %(name)s") % {"name": letter.name}, "submit": _("Withdraw"),
               "lead": _("The link in the letter stops working.")}  # fmt: skip
    return render(request, "people/form.html", context)


@needs(Permission.MANAGE_MEMBERS)
@form_methods
def end(request: Any, office: str, membership: int) -> HttpResponse:
    by = actor_of(request)
    try:
        held = queries.membership(membership, office=request.office, by=by)
    except queries.NoSuchMembership:
        raise Http404 from None
    problem = ""
    if request.method == "POST":
        try:
            actions.end_membership(held, by=by)
        except actions.LastHead:
            problem = _("This is the only head of the office. Invite another one first.")
        else:
            return redirect("people_members", office=office)
    words = {"name": held.account.name, "role": held.get_role_display()}
    context = {
        "heading": _("End the role of %(name)s: %(role)s") % words,
        "lead": _("Their sessions end at once when this is their last role here. What they wrote stays."),
        "submit": _("End it now"),
        "problem": problem,
    }
    return render(request, "people/form.html", context, status=409 if problem else 200)


@needs(Permission.MANAGE_MEMBERS)
@form_methods
def reset(request: Any, office: str, account: int) -> HttpResponse:
    by = actor_of(request)
    try:
        person = queries.member_account(account, office=request.office, by=by)
    except queries.NoSuchAccount:
        raise Http404 from None
    form = ResetForm(request.POST or None)
    if form.is_valid():
        actions.reset_second_factor(person.pk, by=by, office=request.office, **form.cleaned_data)
        return redirect("people_members", office=office)
    context = {
        "form": form, "heading": _("Second factor lost: %(name)s") % {"name": person.name}, "submit": _("Reset"),
        "lead": _("Make sure first that it is really they who ask. Password and second factor stop working at once; "
                  "a letter with a link lets them set up both anew."),
    }  # fmt: skip
    return render(request, "people/form.html", context)


@signed_in("What each role may do is no secret to those who have one.")
@require_GET
def permissions(request: Any) -> HttpResponse:
    rows = [
        (permission.label, [permission in ROLE_PERMISSIONS[role] | EVERYONE for role in Role])
        for permission in Permission
    ]
    roles = [capfirst(role.label) for role in Role]
    return render(request, "people/permissions.html", {"roles": roles, "rows": rows})


def _explain(form: InviteForm, reason: str) -> None:
    words = {
        "name": _("Please give a name."),
        "email": _("This is not an e-mail address."),
        "role": _("There is no such role."),
        "member": _("This person has this role here already."),
    }
    form.add_error("email" if reason == "member" else reason, words[reason])
