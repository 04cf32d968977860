"""The sample story by stages, told through the real actions: Bandung's partners as public sources name them."""
