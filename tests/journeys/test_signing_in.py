"""A host signs in with a key, with an app and with a code on paper, in a browser that has a key of its own."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questions.models import Show
from tests import cast
from tests.journeys.conftest import with_and_without_javascript
from tests.journeys.people import Host

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

# A key belongs to a site by its name; browsers know none for an address of figures.
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def site(live_server: LiveServer) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """A key that is built into this browser, with a finger always on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield
    devtools.detach()


def signs_in_by_password(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/account/login/")
    page.get_by_label("Username").fill("noor")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def says_it_is_still_her(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="It is me").click()


def test_a_passkey_signs_in_by_itself(page: Page, site: str, key: None) -> None:
    cast.noor()
    signs_in_by_password(page, site)
    page.goto(f"{site}/desk/account/2fa/")
    page.get_by_role("link", name="Add a key").click()
    says_it_is_still_her(page)
    page.get_by_label("What you call it").fill("The laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for a bad day")
    page.goto(f"{site}/desk/account/2fa/webauthn/")
    expect(page.get_by_text("The laptop").first).to_be_visible()
    expect(page.get_by_text("Signs you in by itself.")).to_be_visible()
    page.goto(f"{site}/desk/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/desk/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{site}/desk/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Haddad")


def test_the_key_is_asked_for_as_the_second_step_and_a_closed_window_is_explained(
    page: Page, site: str, key: None
) -> None:
    cast.noor()
    signs_in_by_password(page, site)
    page.goto(f"{site}/desk/account/2fa/webauthn/add/")
    says_it_is_still_her(page)
    page.get_by_label("Sign in with this key alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for a bad day")
    page.context.clear_cookies()
    signs_in_by_password(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use your key instead").click()
    page.wait_for_url("**/desk/")


def test_a_browser_without_a_key_says_why_nothing_happened(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Your browser gave us no key")


@with_and_without_javascript
def test_an_app_and_a_code_on_paper_need_no_javascript(page: Page, site: str) -> None:
    """Where the show asks for a second step, a host is led to it and to nothing else."""
    cast.noor()
    Show.objects.update_or_create(pk=1, defaults={"asks_second_step": True})
    signs_in_by_password(page, site)
    expect(page.get_by_text("The show asks every host for a second step.")).to_be_visible()
    page.get_by_role("link", name="Add the app").click()
    says_it_is_still_her(page)
    secret = page.get_by_label("The same secret, to type in").input_value()
    page.get_by_label("Authenticator code").fill(figures(secret))
    page.get_by_role("button", name="Switch it on").click()
    codes = page.get_by_label("The codes").input_value().split()
    assert len(codes) == 10
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    page.goto(f"{site}{reverse('desk:people')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    page.context.clear_cookies()
    signs_in_by_password(page, site)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")


def figures(secret: str) -> str:
    """What an app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1])))


def test_a_colleague_joins_by_a_link(page: Page, site: str) -> None:
    cast.noor()
    host = Host(page)
    signs_in_by_password(page, site)
    page.goto(f"{site}{reverse('desk:invite-person')}")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("#link").input_value()
    host.signs_out()
    page.goto(address)
    page.get_by_label("Your name").fill("Lior Brandt")
    page.get_by_label("User name").fill("lior")
    page.get_by_label("Password", exact=True).fill("seven slow otters")
    page.get_by_label("The same password again").fill("seven slow otters")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill("lior")
    page.get_by_label("Password").fill("seven slow otters")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    page.goto(address)
    expect(page.get_by_text("This invitation has been used.")).to_be_visible()
