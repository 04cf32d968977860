"""What a visitor may send: that something on a page is wrong."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    """No name and no address is asked for. `website` is for machines that fill in everything; people do not see it."""

    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is wrong, and which document shows it?"),
        help_text=_("Please leave out names, telephone numbers and addresses of private persons."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_page(self) -> str:
        """Only a path of this site is shown again and linked."""
        page = str(self.cleaned_data["page"])
        # Browsers pass over tabs and line ends: a path with one between two slashes leads away too.
        return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
