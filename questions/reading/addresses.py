"""Addresses as others have to write them: with the name of the site in front."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of this site, whatever host the request named: a page is the same for everybody."""
    return f"{settings.SITE_ADDRESS}{path}"
