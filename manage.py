#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

NEEDS_NO_KEY = {"screen_text", "suggest_topics", "find_twins"}
"""Commands that look at their input alone: they touch no database, so anybody may run them anywhere."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advice.settings")
    from advice.checks import refuse_unsafe_production

    if not NEEDS_NO_KEY.intersection(sys.argv[1:2]):
        refuse_unsafe_production()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
