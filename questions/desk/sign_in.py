"""How hosts sign in: by invitation only, and without letters."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from questions import throttle


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody can make themselves an account at the desk."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits on guessing are counted by: a name for the network that holds for minutes, no address.

        Whoever has no network of their own shares no limit with others, who could otherwise lock them out; the
        limit of each account holds for them as well.
        """
        network = throttle.network_of(request)
        return throttle.SIGN_IN.pseudonym(network) if network else secrets.token_hex(16)


class SignInForm(LoginForm):
    """Name and password, without the way to a letter that nobody would send."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = ""


def forgotten_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Where a new password comes from: the show sends none."""
    return render(request, "account/password_reset.html")


def no_mail(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The desk knows nobody's mail address, so there is no page to manage one."""
    raise Http404
