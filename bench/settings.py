"""The product's settings with one more address: the empty view that everything is held against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
