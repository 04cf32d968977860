"""One office's file on its counterpart, and the events that happened in it."""
