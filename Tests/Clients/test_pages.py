"""What people see who come with a browser and without an account."""

from html import unescape

from community import text_of
from test_media import PICTURES


def page(community, path):
    response = community.request("GET", path, {"Accept": "text/html"})
    assert response.status_code == 200
    return response.text, " ".join(unescape(text_of(response.text)).split())


def test_a_persons_page_shows_who_they_are_and_where_they_went(alfa):
    alfa.open_account("perla"), alfa.open_account("perla2")
    alfa.mastodon("perla").account_update_credentials(
        display_name="Perla <b>Ruiz</b>", note="I weave.\n\nSee https://perla.example/looms",
        avatar=str(PICTURES / "opaque.png"), avatar_mime_type="image/png", fields=[("Site", "https://perla.example")])
    html, text = page(alfa, "/@perla")
    assert "Perla <b>Ruiz</b>" in text and "<b>" not in html
    for address in ("https://perla.example/looms", "https://perla.example"):
        assert f'<a href="{address}"' in html
    picture = html.split('class="portrait" src="')[1].split('"')[0]
    assert alfa.request("GET", picture.removeprefix(alfa.origin)).headers["Content-Type"] == "image/jpeg"
    assert "No mentor profile is published here." in text and "Has moved" not in text
    alfa.sql("update actors set moved_to_id = (select id from actors where username = 'perla2') where username = 'perla'")
    html, text = page(alfa, "/@perla")
    assert f"Has moved to @perla2@{alfa.authority}." in text and f'href="{alfa.origin}/@perla2"' in html


def test_the_community_has_a_page_of_its_own(alfa):
    _, text = page(alfa, "/actor")
    assert "with which Alfa itself speaks" in text and "mentor profile" not in text
