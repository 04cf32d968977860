"""The menu of the desk shows each member what they may open, and nothing else.

Why: a link to a page that answers "there is no page" teaches people not to trust the menu. How to satisfy: the
permission in kembar/web/menu.py is the one in the `@needs` of the page.
"""

import pytest
from django.urls import resolve, reverse

from kembar.web.entry import entry_of
from kembar.web.menu import MENU, Entry


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.address)
def test_an_entry_asks_for_what_its_page_asks_for(entry: Entry) -> None:
    door = entry_of(resolve(reverse(entry.address, args=["bandung"])).func)
    assert door is not None
    assert door.permission is entry.permission
