#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

NEEDS_NO_KEY = {"screen_text", "suggest_topics", "find_twins", "doctor"}
"""Commands that look at their input alone, without a database, so that anybody may run them anywhere; and the one that
explains what is wrong with a set-up."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advice.settings")
    from advice.checks import refuse_unreadable_settings, refuse_unsafe_production

    if NEEDS_NO_KEY.intersection(sys.argv[1:2]):
        refuse_unreadable_settings()
    else:
        refuse_unsafe_production()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
