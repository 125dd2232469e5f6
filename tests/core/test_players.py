"""Which addresses may become a player inside a page, and what that player's frame loads."""

import pytest

from questions.players import PLAYER_HOSTS, Player, player_for

pytestmark = pytest.mark.pure

YOUTUBE = Player(
    "YouTube",
    "https://www.youtube.com/watch?v=aqz-KE_bpKQ",
    "https://www.youtube-nocookie.com/embed/aqz-KE_bpKQ?autoplay=1",
)
VIMEO = Player("Vimeo", "https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1")
UNLISTED = Player(
    "Vimeo",
    "https://vimeo.com/76979871/8272103f6e",
    "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1&autoplay=1",
)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=aqz-KE_bpKQ",
        "https://youtube.com/watch?v=aqz-KE_bpKQ&t=90s",
        "https://m.youtube.com/watch?list=PL123&v=aqz-KE_bpKQ#t=10",
        "https://music.youtube.com/watch?v=aqz-KE_bpKQ",
        "https://youtu.be/aqz-KE_bpKQ",
        "https://youtu.be/aqz-KE_bpKQ?si=abc_123",
        "https://www.youtube.com/shorts/aqz-KE_bpKQ",
        "https://www.youtube.com/live/aqz-KE_bpKQ?feature=share",
        "https://www.youtube.com/embed/aqz-KE_bpKQ",
        "https://www.youtube.com/v/aqz-KE_bpKQ",
        "https://www.youtube-nocookie.com/embed/aqz-KE_bpKQ?rel=0",
        "  https://YouTu.be/aqz-KE_bpKQ \n",
    ],
)
def test_every_usual_youtube_link_becomes_the_player_without_cookies(address: str) -> None:
    assert player_for(address) == YOUTUBE


@pytest.mark.parametrize(
    "address",
    [
        "https://vimeo.com/76979871",
        "https://www.vimeo.com/76979871/",
        "https://vimeo.com/76979871?share=copy",
        "https://vimeo.com/channels/staffpicks/76979871",
        "https://vimeo.com/groups/short_films/videos/76979871",
        "https://vimeo.com/showcase/1234567/video/76979871",
        "https://player.vimeo.com/video/76979871?title=0",
    ],
)
def test_every_usual_vimeo_link_becomes_the_player_that_does_not_track(address: str) -> None:
    assert player_for(address) == VIMEO


@pytest.mark.parametrize(
    "address",
    [
        "https://vimeo.com/76979871/8272103f6e",
        "https://vimeo.com/76979871?h=8272103f6e",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=0",
    ],
)
def test_an_unlisted_vimeo_video_keeps_the_key_it_cannot_play_without(address: str) -> None:
    assert player_for(address) == UNLISTED


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vimeo.com/76979871",
        "//vimeo.com/76979871",
        "http://vimeo.com/76979871",
        "javascript:https://vimeo.com/76979871",
        "https://vimeo.com.evil.example/76979871",
        "https://evil.example/vimeo.com/76979871",
        "https://vimeo.com@evil.example/76979871",
        "https://vimeo.com:8443/76979871",
        "https://user@vimeo.com/76979871",
        "https://vimeo.com\\@evil.example/76979871",
        "https://vimeo.com/7697\t9871",
        "https://vimeo.com/76979871/../evil",
        "https://vimeo.com/76979871/<script>",
        "https://vimeo.com/about",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        "https://player.vimeo.com/video/76979871/extra",
        "https://www.youtube.com/watch?v=aqz-KE_bpK",
        "https://www.youtube.com/watch?v=aqz-KE_bpKQQ",
        'https://www.youtube.com/watch?v=aqz-KE_bp"Q',
        "https://www.youtube.com/watch?v=aqz-KE_bpKQ&v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/playlist?list=PL123",
        "https://www.youtube.com/redirect?q=https://evil.example",
        "https://youtu.be/aqz-KE_bpKQ/more",
        "https://youtu.be/" + "a" * 5000,
        "https://[youtu.be/aqz-KE_bpKQ",
        "https://youtu.be/watch?" + "a=1&" * 100,
        "https://video.example/watch?v=aqz-KE_bpKQ",
    ],
)
def test_no_other_address_is_a_player(address: str) -> None:
    assert player_for(address) is None


def test_every_frame_comes_from_the_hosts_the_policy_names() -> None:
    assert PLAYER_HOSTS == ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
    for player in (YOUTUBE, VIMEO, UNLISTED):
        assert player.frame_address.startswith(tuple(f"{host}/" for host in PLAYER_HOSTS))
