"""Pictures: uploaded, described, posted, changed and gone again, with Mastodon.py and without; and what is no picture."""

import pathlib
import struct
import subprocess
import uuid
import zlib
from datetime import datetime, timedelta, timezone

import pytest
import requests
from mastodon import MastodonAPIError, MastodonNotFoundError

import entities
from newcomers import newcomer
from test_mastodon_py import found
from waiting import until

PICTURES = pathlib.Path(__file__).parents[1] / "Shared" / "pictures"
TURNED = PICTURES / "turned.jpg"
PREFIX = "/api/v1/media"


maud, milo, ravi = newcomer("maud"), newcomer("milo"), newcomer("ravi", "beta")


@pytest.fixture(scope="module")
def send(alfa, maud):
    """Sends files as they are, with whatever name and type."""
    def send(body, name="a.jpg", kind="image/jpeg", target="/api/v2/media", field="file", **form):
        return requests.request(
            "POST" if "media" in target else "PATCH", f"http://127.0.0.1:{alfa.port}{target}", data=form,
            files={field: (name, body, kind)},
            headers={"Host": alfa.authority, "Authorization": f"Bearer {maud.access_token}"}, timeout=60)

    return send


def path(community, url):
    assert url.startswith(community.origin + "/media/"), url
    return url.removeprefix(community.origin)


def bytes_of(community, url):
    answer = community.request("GET", path(community, url))
    assert answer.status_code == 200, url
    return answer.content


def colour(community, url, x, y, tmp_path):
    """What is at a place of a picture, as another program reads it."""
    file = tmp_path / "picture"
    file.write_bytes(bytes_of(community, url))
    return [float(n) for n in subprocess.run(
        ["vips", "getpoint", str(file), str(x), str(y)], capture_output=True, text=True, check=True).stdout.split()]


def test_a_picture_is_there_at_once_upright_and_says_nothing_of_its_maker(alfa, maud, tmp_path):
    picture = maud.media_post(TURNED, description="Red above blue", focus=(0.5, -0.25))
    entities.media(alfa.request("GET", f"{PREFIX}/{picture.id}", {
        "Authorization": f"Bearer {maud.access_token}"}).json(), "media")
    assert picture.type == "image" and picture.description == "Red above blue"
    assert (picture.meta.original.width, picture.meta.original.height) == (40, 60)
    assert (picture.meta.small.width, picture.meta.small.height) == (40, 60)
    assert (picture.meta.focus.x, picture.meta.focus.y) == (0.5, -0.25)
    assert maud.media(picture.id).url == picture.url
    for url in (picture.url, picture.preview_url):
        content = bytes_of(alfa, url)
        assert content.startswith(b"\xff\xd8\xff") and len(content) < 2000
        assert not any(trace in content for trace in (b"Exif", b"GPS", b"Secret", b"http://ns.adobe.com", b"ICC_PROFILE"))
    red, blue = (colour(alfa, picture.url, 20, y, tmp_path) for y in (5, 55))
    assert red[0] > 150 > red[2] and blue[2] > 150 > blue[0]


def test_the_older_address_and_a_bare_file_do_as_well(send):
    answer = send((PICTURES / "opaque.png").read_bytes(), "file", None, target="/api/v1/media")
    assert answer.status_code == 200, answer.text
    entities.media(answer.json(), "media")
    assert answer.json()["description"] is None and "focus" not in answer.json()["meta"]


@pytest.mark.parametrize("name, kind", [
    ("turned.jpg", "image/jpeg"), ("opaque.png", "image/jpeg"), ("alpha-opaque.png", "image/jpeg"),
    ("transparent.png", "image/webp"), ("photo.webp", "image/jpeg"), ("transparent.webp", "image/webp"),
    ("moving.gif", "image/jpeg")])
def test_each_kind_of_file_becomes_one_that_all_can_show(alfa, send, name, kind):
    # What it is called, and said to be, is nothing to go by.
    answer = send((PICTURES / name).read_bytes(), "../../etc/x.exe", "text/html")
    assert answer.status_code == 200, answer.text
    for url in (answer.json()["url"], answer.json()["preview_url"]):
        file = alfa.request("GET", path(alfa, url))
        assert file.headers["Content-Type"] == kind
        assert url.endswith(".webp" if kind == "image/webp" else ".jpg")


def png(width, height):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\0" * width) * min(height, 2000), 9)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE = {
    "bomb": png(30000, 30000), "bomb without pixels": png(50000, 50000)[:60],
    "truncated jpeg": TURNED.read_bytes()[:3500], "truncated png": (PICTURES / "opaque.png").read_bytes()[:90],
    "gif and page": b"GIF89a<script>alert(1)</script><html><body>hello</body></html>",
    "gif and page of some size": b"GIF89a\x10\x00\x10\x00<script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg behind a png": b"\x89PNG\r\n\x1a\n<svg xmlns='http://www.w3.org/2000/svg'></svg>",
    "pdf": b"%PDF-1.7\n1 0 obj\n", "tiff": b"II*\0\x08\0\0\0\0\0", "icon": b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0",
    "page": b"<!doctype html><script>alert(1)</script>",
    "activity": b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "Note"}', "one byte": b"\xff", "nothing": b"",
    "jpeg without end": b"\xff\xd8\xff" + b"\xff\xe0\x00\x02" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_and_costs_nothing(send, name):
    answer = send(HOSTILE[name])
    assert answer.status_code == 422, answer.text
    entities.error(answer.json(), name)
    assert answer.elapsed.total_seconds() < 10


def test_what_is_too_large_is_refused(send):
    assert send(b"\xff\xd8\xff" + b"\0" * (16 << 20)).status_code == 422
    assert send(b"\xff\xd8\xff" + b"\0" * (17 << 20)).status_code == 413
    assert send(TURNED.read_bytes(), description="a" * 1501).status_code == 422
    assert send(TURNED.read_bytes(), description="b" * 300_000).status_code == 413
    for focus in ("2,0", "0", "x,y", "nan,0", "0,inf", "1e999,0"):
        assert send(TURNED.read_bytes(), focus=focus).status_code == 422, focus


def test_large_bodies_are_only_for_files(alfa, maud):
    answer = alfa.request("POST", "/api/v2/media", {
        "Authorization": f"Bearer {maud.access_token}", "Content-Type": "application/json"}, b" " * 300_000)
    assert answer.status_code == 413
    assert alfa.request("POST", "/api/v2/media", {"Authorization": f"Bearer {maud.access_token}"}).status_code == 422


def test_files_are_kept_by_everybody_and_run_nowhere(alfa, maud):
    target = path(alfa, maud.media_post(TURNED).url)
    answer = alfa.get(target)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    known = alfa.get(target, If_None_Match=answer.headers["ETag"])
    assert known.status_code == 304 and known.content == b""
    assert alfa.get(f"/media/{uuid.uuid4()}/original.jpg").status_code == 404
    head = alfa.request("HEAD", target)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(answer.content))
    for other in (target.upper(), target.replace("original.jpg", "original.webp"), target.replace("original.jpg", ""),
                  target.replace("original", "../original"), "/media/x/original.jpg", "/media/" + "0" * 36 + "/preview.jpg"):
        assert alfa.request("GET", other).status_code == 404, other


def test_an_upload_is_its_owners_alone(maud, milo):
    picture = maud.media_post(TURNED)
    with pytest.raises(MastodonNotFoundError):
        milo.media(picture.id)
    with pytest.raises(MastodonNotFoundError):
        milo.media_update(picture.id, description="mine")
    with pytest.raises(MastodonAPIError, match="media_ids"):
        milo.status_post("look", media_ids=[picture.id])
    changed = maud.media_update(picture.id, description="mine", focus=(-1, 1))
    assert (changed.description, changed.meta.focus.x, changed.meta.focus.y) == ("mine", -1, 1)
    assert maud.media_update(picture.id, description="").description is None
    assert maud.media(picture.id).meta.focus.x == -1


def test_an_upload_is_deleted_until_it_is_posted(alfa, maud):
    def delete(picture):
        return alfa.request("DELETE", f"{PREFIX}/{picture.id}", {"Authorization": f"Bearer {maud.access_token}"})

    picture = maud.media_post(TURNED)
    assert delete(picture).status_code == 200
    assert delete(picture).status_code == 404
    assert alfa.request("GET", path(alfa, picture.url)).status_code == 404
    posted = maud.media_post(TURNED)
    maud.status_post("keep", media_ids=posted)
    assert delete(posted).status_code == 422
    assert alfa.request("GET", path(alfa, posted.url)).status_code == 200


def test_a_post_carries_its_pictures_in_order_and_travels_with_them(alfa, beta, maud, milo, ravi):
    there = found(ravi, f"maud@{alfa.authority}")
    ravi.account_follow(there.id)
    until(lambda: ravi.account_relationships(there.id)[0].following, "follow maud")
    first, second = (maud.media_post(PICTURES / name, description=name, focus=(0, 0.5)) for name in ("turned.jpg", "transparent.png"))
    post = maud.status_post("", media_ids=[second, first], sensitive=True)
    assert [one.id for one in post.media_attachments] == [second.id, first.id]
    assert [one.description for one in milo.status(post.id).media_attachments] == ["transparent.png", "turned.jpg"]
    document = alfa.request("GET", post.uri.removeprefix(alfa.origin), {"Accept": "application/activity+json"}).json()
    assert document["attachment"] == [
        {"type": "Document", "mediaType": "image/webp", "url": second.url, "name": "transparent.png", "width": 60,
         "height": 40, "focalPoint": [0, 0.5]},
        {"type": "Document", "mediaType": "image/jpeg", "url": first.url, "name": "turned.jpg", "width": 40, "height": 60,
         "focalPoint": [0, 0.5]}]
    arrived = until(
        lambda: [status for status in ravi.timeline_home(limit=5) if status.uri == post.uri], "the pictures there")[0]
    assert [(one.url, one.description, one.type) for one in arrived.media_attachments] == [
        (second.url, "transparent.png", "image"), (first.url, "turned.jpg", "image")]
    assert [one.remote_url for one in arrived.media_attachments] == [second.url, first.url]
    assert arrived.sensitive and arrived.media_attachments[0].meta.original.width == 60
    page = alfa.request("GET", post.uri.removeprefix(alfa.origin)).text
    assert path(alfa, first.preview_url) in page and 'alt="turned.jpg"' in page and "<summary>Sensitive" in page
    with pytest.raises(MastodonAPIError, match="media_ids"):
        maud.status_post("again", media_ids=[first])


def test_pictures_wait_with_their_post(alfa, maud):
    picture = maud.media_post(TURNED)
    due = datetime.now(timezone.utc) + timedelta(hours=2)
    waiting = maud.status_post("", media_ids=[picture], scheduled_at=due)
    assert [media["id"] for media in waiting.media_attachments] == [picture.id]
    with pytest.raises(MastodonAPIError, match="media_ids"):
        maud.status_post("not ours", media_ids=["1"], scheduled_at=due)
    alfa.come_due(waiting.id)
    post = until(lambda: [one for one in maud.account_statuses(maud.me().id, limit=3) if
                          [media.id for media in one.media_attachments] == [picture.id]], "the post")[0]
    assert post.content == "" and maud.scheduled_statuses() == []


def test_four_pictures_and_no_poll(maud):
    five = [maud.media_post(PICTURES / "opaque.png") for _ in range(5)]
    with pytest.raises(MastodonAPIError, match="media_ids"):
        maud.status_post("five", media_ids=five)
    with pytest.raises(MastodonAPIError, match="poll"):
        maud.status_post("both", media_ids=five[:1], poll=maud.make_poll(["a", "b"], 600))
    with pytest.raises(MastodonAPIError, match="media_ids"):
        maud.status_post("twice", media_ids=[five[0], five[0]])
    with pytest.raises(MastodonAPIError, match="media_ids"):
        maud.status_post("unknown", media_ids=["1"])
    assert len(maud.status_post("four", media_ids=five[:4]).media_attachments) == 4


def test_only_posts_with_pictures_where_they_are_asked_for(maud, milo):
    picture = maud.status_post("with", media_ids=maud.media_post(TURNED))
    without = maud.status_post("without")
    for page in (milo.account_statuses(maud.me().id, only_media=True), milo.timeline_public(only_media=True),
                 milo.timeline_local(only_media=True)):
        ids = [status.id for status in page]
        assert picture.id in ids and without.id not in ids


def test_an_edit_changes_alt_text_and_pictures_and_history_shows_both(maud):
    first, second = maud.media_post(TURNED, description="before"), maud.media_post(PICTURES / "photo.webp")
    post = maud.status_post("look", media_ids=first)
    edited = maud.status_update(post.id, "look", media_ids=[first.id])
    assert edited.media_attachments[0].description == "before"
    edited = maud.status_update(post.id, "look", media_attributes=[
        maud.generate_media_edit_attributes(first.id, description="after", focus=(1, 1))])
    assert [(one.id, one.description, one.meta.focus.x) for one in edited.media_attachments] == [(first.id, "after", 1)]
    edited = maud.status_update(post.id, "look", media_ids=[second.id])
    assert [one.id for one in edited.media_attachments] == [second.id]
    versions = maud.status_history(post.id)
    assert [[one.description for one in version.media_attachments] for version in versions] == [
        ["before"], ["before"], ["after"], [None]]
    assert maud.status_update(post.id, "look", media_ids=[second.id, first.id]).media_attachments[1].id == first.id
    assert maud.status_update(post.id, "nothing left").media_attachments == []


def test_a_post_is_deleted_and_written_anew(alfa, maud):
    picture = maud.media_post(TURNED, description="kept")
    post = maud.status_post("one", media_ids=picture)
    deleted = maud.status_delete(post.id)
    assert deleted.text == "one" and [one.id for one in deleted.media_attachments] == [picture.id]
    # With the post its addresses end.
    assert alfa.request("GET", path(alfa, picture.url)).status_code == 404
    assert alfa.request("GET", path(alfa, deleted.media_attachments[0].url)).status_code == 200
    again = maud.status_post("two", media_ids=[picture.id])
    assert again.media_attachments[0].description == "kept"
    gone = maud.status_delete(again.id, delete_media=True)
    assert alfa.request("GET", path(alfa, gone.media_attachments[0].url)).status_code == 404
    with pytest.raises(MastodonNotFoundError):
        maud.media(picture.id)


def test_pictures_of_a_profile_are_cut_shown_elsewhere_and_taken_back(alfa, beta, maud, ravi, send):
    there = found(ravi, f"maud@{alfa.authority}")
    ravi.account_follow(there.id)
    me = maud.account_update_credentials(avatar=TURNED, header=PICTURES / "opaque.png")
    assert me.display_name == "Maud", "what is not sent stays"
    actor = alfa.request("GET", "/users/maud", {"Accept": "application/activity+json"}).json()
    assert actor["icon"] == {"type": "Image", "mediaType": "image/jpeg", "url": me.avatar}
    assert actor["image"] == {"type": "Image", "mediaType": "image/jpeg", "url": me.header}
    until(lambda: ravi.account(there.id).avatar == me.avatar, "the new picture elsewhere")
    first = path(alfa, me.avatar)
    sizes = {url: header_of(bytes_of(alfa, url)) for url in (me.avatar, me.header)}
    assert list(sizes.values()) == [(400, 400), (1500, 500)]
    second = send((PICTURES / "transparent.png").read_bytes(), target="/api/v1/accounts/update_credentials", field="avatar")
    entities.credential_account(second.json(), "account")
    assert second.json()["avatar"].endswith("/original.webp")
    assert alfa.request("GET", first).status_code == 404
    refused = send(b"no picture", target="/api/v1/accounts/update_credentials", field="header", display_name="Nobody")
    assert refused.status_code == 422 and maud.me().display_name == "Maud"
    bearer = {"Authorization": f"Bearer {maud.access_token}"}
    for kind in ("avatar", "header"):
        answer = alfa.request("DELETE", f"/api/v1/profile/{kind}", bearer)
        entities.credential_account(answer.json(), "account")
        assert answer.json()[kind].endswith("/missing.png")
    assert alfa.request("GET", path(alfa, me.header)).status_code == 404
    actor = alfa.request("GET", "/users/maud", {"Accept": "application/activity+json"}).json()
    assert "icon" not in actor and "image" not in actor
    until(lambda: ravi.account(there.id).avatar.endswith("/missing.png"), "no picture elsewhere")


def header_of(jpeg):
    """Width and height of a JPEG."""
    offset = 2
    while jpeg[offset + 1] not in (0xC0, 0xC1, 0xC2):
        offset += 2 + struct.unpack(">H", jpeg[offset + 2:offset + 4])[0]
    height, width = struct.unpack(">HH", jpeg[offset + 5:offset + 9])
    return width, height


def test_a_program_says_that_it_is_one(alfa, maud, lena, contracts):
    assert maud.account_update_credentials(bot=True).bot
    actor = alfa.request("GET", "/users/maud", {"Accept": "application/activity+json"}).json()
    assert actor["type"] == "Service"
    contracts.document(actor, "actor")
    assert not maud.account_update_credentials(bot=False).bot
    with pytest.raises(MastodonAPIError, match="bot"):
        alfa.mastodon("lena").account_update_credentials(bot=True)


def test_clients_are_told_what_is_taken(maud):
    for configuration in (maud.instance_v1().configuration, maud.instance_v2().configuration):
        media = configuration.media_attachments
        assert media.supported_mime_types == ["image/jpeg", "image/png", "image/webp", "image/gif"]
        assert (media.image_size_limit, media.image_matrix_limit, media.description_limit) == (16_777_216, 33_177_600, 1500)
        assert configuration.statuses.max_media_attachments == 4
