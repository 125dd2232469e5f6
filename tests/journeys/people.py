"""What people do in a browser, in their words. Each walks from page to page by what they can see and press."""

import re

from playwright.sync_api import Page, expect

from tests import cast


class Asker:
    """Somebody with a question, who must never be given a cookie or an address that says anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.code = ""

    def writes(self, question: str, *, sign_off: str, airing: str = "Yes, word it as you think best") -> None:
        self.page.goto("/ask/")
        # Nobody types a question in less than three seconds; one that is sent faster is held for a host.
        self.page.wait_for_timeout(3_200)
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_label("How shall we sign it?").fill(sign_off)
        self.page.get_by_label(airing).check()
        self.page.get_by_label("I am 18 or older").check()
        self.presses("Look it over before sending")
        self.is_told("Is this how you want it?")

    def looks_it_over_and_sends_it(self, question: str) -> None:
        expect(self.page.locator("input[name=text]")).to_have_value(question)
        self.presses("Send it")
        self.is_told("We have it. Keep this ticket.")
        self.code = self.page.locator("#code").inner_text()

    def returns(self) -> None:
        """Types the code as people do: in small letters, with hyphens."""
        letters = re.sub(r"\s", "", self.code).lower()
        self.page.goto("/receipt/")
        self.page.get_by_label("The code on your ticket").fill("-".join(re.findall("....", letters)))
        self.presses("Look")

    def presses(self, button: str) -> None:
        """Press a button, after which the page still stands at a plain address, and there is still no cookie."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        self.left_no_trace()

    def left_no_trace(self) -> None:
        assert self.page.url.endswith(("/ask/", "/ask/#noticed", "/receipt/", "/receipt/lost/"))
        assert self.page.context.cookies() == []

    def reads(self, *words: str) -> None:
        for said in words:
            expect(self.page.get_by_text(said).first).to_be_visible()

    def adds(self, words: str) -> None:
        self.page.get_by_label("Write to us").fill(words)
        self.presses("Send")
        self.reads("We have it. Look in again for a reply.", words)

    def is_told(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


class Host:
    """Noor at the desk."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def signs_in(self) -> None:
        cast.noor()
        self.page.goto("/desk/")
        self.page.get_by_label("Username").fill("noor")
        self.page.get_by_label("Password").fill(cast.PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).to_have_url(re.compile("/desk/$"))

    def signs_out(self) -> None:
        self.page.context.clear_cookies()

    def opens(self, question: str) -> None:
        self.page.get_by_role("link", name=question).first.click()

    def decides(self, verb: str, *, done: str) -> None:
        self.page.get_by_role("group", name="What to do with it").get_by_role("button", name=verb).click()
        expect(self.page.get_by_text(done).first).to_be_visible()

    def goes_to(self, queue: str) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name=queue).first.click()

    def writes(self, *, wording: str, answer: str, topic: str) -> None:
        self.page.get_by_role("link", name="Write", exact=True).click()
        self.page.get_by_role("textbox", name="Wording").fill(wording)
        self.page.get_by_role("textbox", name="Answer").fill(answer)
        self.page.get_by_label(topic).check()
        self.page.get_by_role("button", name="Save").last.click()
        expect(self.page.get_by_text("revision 1, saved")).to_be_visible()

    def approves(self) -> None:
        self.page.get_by_role("button", name="Approve revision 1").click()
        expect(self.page.get_by_role("link", name="Put it into an episode")).to_be_visible()

    def assembles(self, *, title: str, verdict: str, film: str) -> None:
        self.page.get_by_role("link", name="Put it into an episode").click()
        self.page.get_by_label("Title").first.fill(title)
        self.page.get_by_label("Or begin a season").fill("1")
        self.page.get_by_label("Or a new verdict").fill(verdict)
        self.page.get_by_role("group", name="Video 1").get_by_label("Link").fill(film)
        self.page.get_by_role("group", name="Video 1").get_by_label("Title").fill("The episode")
        self.page.get_by_role("button", name="Save and see it").click()
        expect(self.page.get_by_text("Being assembled")).to_be_visible()

    def publishes(self) -> None:
        self.page.get_by_role("button", name="Publish now").click()
        expect(self.page.get_by_text("Published", exact=True)).to_be_visible()


class Reader:
    """Somebody on the metro, with nobody the wiser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens_the_newest_episode(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name="Read the answer").click()
