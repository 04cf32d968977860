"""The papers a case needs, from the record and one text each: letters, drafts and plans as DOCX and as PDF."""
