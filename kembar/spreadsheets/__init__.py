"""An office's old spreadsheet: read, looked through, brought in as one and taken back as one."""
