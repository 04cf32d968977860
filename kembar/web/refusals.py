"""What a form says of a field it cannot take, in the words of an office: the catalogues beside this file give the
framework's own sentences, which no form of ours repeats, their wording in each language."""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a whole number."),
)
