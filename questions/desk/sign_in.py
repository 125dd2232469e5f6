"""How hosts sign in: by invitation only, and without letters."""

import re
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from questions import throttle
from questions.models import Show
from questions.models.person import SECOND_STEP_PLACE
from questions.sealing import seal, unseal

_AT_THE_DESK = re.compile(r"/desk/[!-\[\]-~]*")
"""Visible letters and no backslash: browsers drop what is invisible, and take a backslash for a slash."""


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody can make themselves an account at the desk."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether signing in may lead there: to pages of the desk, and however an address is written, nowhere else."""
        return bool(_AT_THE_DESK.fullmatch(url or ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What wrong passwords of one account are counted by: the account and the network they come from.

        By the account alone, whoever knows the name of a host could keep them out of the desk for as long as they
        like. Those who have no network of their own share one count of each account.
        """
        network = throttle.network_of(request)
        place = throttle.SIGN_IN.pseudonym(network) if network else ""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{place}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits on guessing are counted by: a name for the network that holds for minutes, no address.

        Whoever has no network of their own shares no limit with others, who could otherwise lock them out; the
        limit of each account holds for them as well.
        """
        network = throttle.network_of(request)
        return throttle.SIGN_IN.pseudonym(network) if network else secrets.token_hex(16)


class SealedSecrets(DefaultMFAAdapter):
    """The secrets of second steps are sealed at rest, and keys and apps know the show by its name."""

    def encrypt(self, text: str) -> str:
        return seal(text, place=SECOND_STEP_PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, place=SECOND_STEP_PLACE)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new key is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Key {number}").format(number=number)

    def _get_site_name(self) -> str:
        return Show.objects.current().name


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
