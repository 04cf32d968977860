"""Every action says by whom it is done, asks whether they may, and is done wholly or not at all.

Why: an action is called from pages, the API, the command line and other actions; the one that forgot to ask is the
hole, and the one without a transaction leaves half a record behind. How to satisfy: `@transaction.atomic`, a parameter
`by`, and `require(by, Permission.X, office_id=…)` first, or `by=by` handed to an action that asks.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.test_writes import WRITES
from tests.guards.tree import dotted, kind_of, product_code, short, syntax

# Actions that ask nobody → why.
ASKS_NOBODY = {
    "kembar/journal/actions.py: record()": "called inside the transaction of an action that has asked",
    "kembar/journal/actions.py: record_all()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/asking.py: close()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/asking.py: mail()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/asking.py: hand_on()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/asking.py: renew()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/answering.py: fall()": "called inside the transaction of an action that has asked",
    "kembar/countersign/actions/answering.py: answer()": "the link and the code by mail are the permission",
    "kembar/countersign/actions/visiting.py: send_code()": "the link in the letter is the permission",
    "kembar/countersign/actions/visiting.py: enter_code()": "the code sent to the addressee is the permission",
    "kembar/people/actions/accounts.py: count_wrong_try()": "counts what strangers try at the door",
    "kembar/people/actions/accounts.py: forget_wrong_tries()": "whoever got in has shown the password or the code",
    "kembar/people/actions/limits.py: count_asked()": "counts what whoever asks asks for",
    "kembar/people/actions/tokens.py: note_use()": "whoever holds the token has shown it",
    "kembar/people/actions/members.py: accept()": "the link in the letter, which works once, is the permission",
    "kembar/journal/actions.py: touch()": "called inside the transaction of an action that has asked",
    "kembar/mailbox/actions.py: post()": "called inside the transaction of an action that has asked",
    "kembar/mailbox/actions.py: withdraw()": "called inside the transaction of an action that has asked",
    "kembar/search/actions.py: index_many()": "called inside the transaction of an action that has asked",
    "kembar/search/actions.py: forget()": "called inside the transaction of an action that has asked",
}


def faults(function: ast.FunctionDef) -> Iterator[str]:
    arguments = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    if "by" not in arguments:
        chains = [dotted(call.func).split(".") for call in calls]
        if any((chain[-1] in WRITES and "objects" in chain) or chain[-1] == "save" for chain in chains):
            yield "writes, and does not say by whom"
        return
    asks = any(dotted(call.func) == "require" and call.args and dotted(call.args[0]) == "by" for call in calls)
    hands_on = any(keyword.arg == "by" and dotted(keyword.value) == "by" for call in calls for keyword in call.keywords)
    if not asks and not hands_on:
        yield "asks nobody whether they may"
    if not any(dotted(mark) == "transaction.atomic" for mark in function.decorator_list):
        yield "is not one transaction"


def actions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def test_every_action_says_by_whom_asks_and_is_one_transaction() -> None:
    found = [
        f"{name} {fault}"
        for path in product_code()
        if kind_of(path) == "actions"
        for action in actions(syntax(path))
        for name in [f"{short(path)}: {action.name}()"]
        if name not in ASKS_NOBODY
        for fault in faults(action)
    ]
    assert not found, "\n".join(found)


ATOMIC = "@transaction.atomic\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (ATOMIC + "def add(*, by):\n    require(by, Permission.KEEP_REGISTER, office_id=1)", []),
        (ATOMIC + "def add(*, by):\n    claims.enter(1, by=by)", []),
        (ATOMIC + "def add(*, by):\n    Paper.objects.create()", ["asks nobody whether they may"]),
        ("def add(*, by):\n    require(by, Permission.KEEP_REGISTER, office_id=1)", ["is not one transaction"]),
        ("def add(title):\n    Paper.objects.create(title=title)", ["writes, and does not say by whom"]),
        ("def counted(rows):\n    return len(rows)", []),
    ],
)
def test_the_guard_sees_them(source: str, expected: list[str]) -> None:
    [action] = actions(ast.parse(source))
    assert list(faults(action)) == expected
