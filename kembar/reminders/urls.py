"""Addresses of one's own calendar."""

from django.urls import path

from kembar.reminders import views

app_name = "reminders"

urlpatterns = [
    path("account/calendar/", views.calendar, name="calendar"),
    path("account/calendar/open/", views.opened, name="open"),
    path("account/calendar/withdraw/", views.withdrawn, name="withdraw"),
    path("account/calendar/<str:token>.ics", views.calendar_file, name="file"),
]
