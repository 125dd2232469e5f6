"""How hosts sign in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody can make themselves an account at the desk."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
