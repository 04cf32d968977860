"""Addresses of spreadsheets at an office's desk."""

from django.urls import path

from kembar.spreadsheets import views

app_name = "spreadsheets"

_DESK = "<slug:office>/desk/spreadsheets"
_ONE = f"{_DESK}/<int:number>"

urlpatterns = [
    path(f"{_DESK}/", views.listing, name="list"),
    path(f"{_DESK}/new/", views.new, name="new"),
    path(f"{_DESK}/template.xlsx", views.template, name="template"),
    path(f"{_DESK}/samples/<slug:name>/", views.sample, name="sample"),
    path(f"{_ONE}/", views.show, name="show"),
    path(f"{_ONE}/sheet/", views.sheet, name="sheet"),
    path(f"{_ONE}/columns/", views.columns, name="columns"),
    path(f"{_ONE}/answer/", views.answer, name="answer"),
    path(f"{_ONE}/enter/", views.enter, name="enter"),
    path(f"{_ONE}/undo/", views.undo, name="undo"),
    path(f"{_ONE}/drop/", views.drop, name="drop"),
    path(f"{_ONE}/file/", views.original, name="file"),
    path(f"{_ONE}/errors.xlsx", views.errors, name="errors"),
]
