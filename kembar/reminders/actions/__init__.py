"""Writing calendar addresses, choices, and what the night tells."""

from kembar.reminders.actions.calendars import open_calendar, withdraw_calendar
from kembar.reminders.actions.choosing import WrongChoice, choose, set_limits
from kembar.reminders.actions.telling import note_found, tell

__all__ = [
    "WrongChoice",
    "choose",
    "note_found",
    "open_calendar",
    "set_limits",
    "tell",
    "withdraw_calendar",
]
