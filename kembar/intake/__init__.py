"""Articles, minutes and letters read into drafts for a person to confirm."""
