"""Addresses of the reader at an office's desk."""

from django.urls import path

from kembar.intake import views

app_name = "intake"

_DESK = "<slug:office>/desk/intake"
_DRAFT = f"{_DESK}/drafts/<int:draft>"

urlpatterns = [
    path(f"{_DESK}/", views.texts, name="texts"),
    path(f"{_DESK}/new/", views.paste, name="paste"),
    path(f"{_DESK}/corrections.<slug:extension>", views.corrections, name="corrections"),
    path(f"{_DESK}/<int:text>/", views.text, name="text"),
    path(f"{_DESK}/<int:text>/file/", views.choose_file, name="choose-file"),
    path(f"{_DESK}/<int:text>/<slug:kind>/accept/", views.accept_kind, name="accept-kind"),
    path(f"{_DESK}/<int:text>/<slug:kind>/drop/", views.drop_kind, name="drop-kind"),
    path(f"{_DRAFT}/accept/", views.accept, name="accept"),
    path(f"{_DRAFT}/drop/", views.drop, name="drop"),
    path(f"{_DRAFT}/reopen/", views.reopen, name="reopen"),
    path(f"{_DRAFT}/merge/", views.merge, name="merge"),
    path(f"{_DRAFT}/edit/", views.edit, name="edit"),
]
