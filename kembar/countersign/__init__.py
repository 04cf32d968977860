"""What both sides confirmed: the content as it was shown, who and when; it falls when the content changes."""
