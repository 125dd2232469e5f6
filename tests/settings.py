"""The project's settings in test mode, for pytest and mypy, whatever the environment says."""

import os

os.environ["QUERENT_MODE"] = "test"
os.environ["QUERENT_ADDRESS"] = "http://testserver"

from advice.settings import *  # noqa: F403 (the mode has to be set first; all of them are wanted)
