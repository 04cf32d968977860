"""Letters written with the change and sent after it: none is lost while the mail server is away, none is sent early."""
