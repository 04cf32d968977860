"""Addresses of papers, letter numbers and letterheads at an office's desk."""

from django.urls import path

from kembar.papers import views
from kembar.web.addresses import TABLE

app_name = "papers"

_DESK = "<slug:office>/desk"
_CASE = f"{_DESK}/cases/<int:number>/papers"
_LETTERS = f"{_DESK}/letter-numbers"

urlpatterns = [
    path(f"{_CASE}/", views.listing, name="list"),
    path(f"{_CASE}/<slug:paper>/", views.paper, name="paper"),
    path(f"{_CASE}/<slug:paper>/number/", views.give_number, name="number"),
    path(f"{_LETTERS}/", views.letters, name="letters"),
    path(f"{_LETTERS}.{TABLE}", views.export, name="letters-file"),
    path(f"{_LETTERS}/give/", views.give, name="give-number"),
    path(f"{_LETTERS}/<int:number>/void/", views.void, name="void-number"),
    path(f"{_DESK}/letterhead/", views.letterheads, name="letterheads"),
    path(f"{_DESK}/letterhead/numbering/", views.numbering, name="numbering"),
    path(f"{_DESK}/letterhead/<slug:whose>/", views.letterhead, name="letterhead"),
]
