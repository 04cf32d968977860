"""A list to come back to."""

from django import forms
from django.utils.translation import gettext_lazy

from kembar.desk.forms.fields import TextField


class SaveViewForm(forms.Form):
    name = TextField(label=gettext_lazy("Name of this view"), max_length=80)
    page = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=gettext_lazy("for the whole office"), required=False)
