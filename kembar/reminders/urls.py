"""Addresses of one's own calendar and digest, and of an office's settings for reminders."""

from django.urls import path

from kembar.reminders import views

app_name = "reminders"

urlpatterns = [
    path("account/calendar/", views.calendar, name="calendar"),
    path("account/calendar/open/", views.opened, name="open"),
    path("account/calendar/withdraw/", views.withdrawn, name="withdraw"),
    path("account/calendar/<str:token>.ics", views.calendar_file, name="file"),
    path("account/digest/", views.digest, name="digest"),
    path("account/digest/preview/", views.digest_preview, name="preview"),
    path("account/digest/leave/<str:token>/", views.leave, name="leave"),
    path("<slug:office>/desk/reminders/", views.limits, name="limits"),
]
