"""The forms in which a browser hands over what a key has said, and what becomes of something that no key has said."""

import struct

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

_GARBLED = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error)
"""How the libraries that read it fall over what is none of it: base64, JSON, CBOR and bare bytes, each in its way."""


class SaidByAKey(forms.Form):
    """What cannot be read is a wrong code, not a fault of ours."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except _GARBLED:
            # Showing it again would mean reading it again.
            self.data = {**self.data, "credential": ""}
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddKeyForm(SaidByAKey, AddWebAuthnForm):
    """A key, and whether it signs in by itself."""

    name = forms.CharField(label=_("What you call it"), required=False, max_length=100)
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_("No user name and no password: the key asks for your finger, your face or its PIN."),
    )


class SignInByKeyForm(SaidByAKey, LoginWebAuthnForm):
    """Signing in with a key alone."""


class SecondStepByKeyForm(SaidByAKey, AuthenticateWebAuthnForm):
    """A key as the second step."""


class StillYouByKeyForm(SaidByAKey, ReauthenticateWebAuthnForm):
    """A key that says it is still the same person."""
