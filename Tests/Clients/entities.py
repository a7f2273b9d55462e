"""What strict clients demand of each entity of the Mastodon API: fields that must be there and are never null, times and
ids in the one spelling that all of them read. Unknown fields are allowed, as every client allows them."""

import re

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DIGITS = re.compile(r"[0-9]+")
ADDRESS = re.compile(r"https?://[^\s]+")

VISIBILITIES = {"public", "unlisted", "private", "direct"}
NOTIFICATIONS = {"mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"}
MEDIA = {"image", "gifv", "video", "audio", "unknown"}


class Breach(AssertionError):
    pass


def demand(holds, where, what):
    if not holds:
        raise Breach(f"{where}: {what}")


def text(value, where):
    demand(isinstance(value, str), where, f"{value!r} is no text")


def flag(value, where):
    demand(isinstance(value, bool), where, f"{value!r} is neither true nor false")


def count(value, where):
    demand(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2**31 - 1, where,
           f"{value!r} is no count")


def like(pattern, name):
    def check(value, where):
        demand(isinstance(value, str) and pattern.fullmatch(value), where, f"{value!r} is no {name}")

    return check


number = like(DIGITS, "id")
time = like(TIME, "time")
day = like(DAY, "day")
address = like(ADDRESS, "address")


def one_of(values):
    return lambda value, where: demand(value in values, where, f"{value!r} is none of {sorted(values)}")


def nullable(check):
    return lambda value, where: value is None or check(value, where)


def listed(check):
    def checked(value, where):
        demand(isinstance(value, list), where, f"{value!r} is no list")
        for index, element in enumerate(value):
            check(element, f"{where}[{index}]")

    return checked


def entity(required, optional=None):
    """An object with these fields; those of `optional` may be absent, but not of another kind."""

    def check(value, where):
        demand(isinstance(value, dict), where, f"{value!r} is no object")
        for name, rule in required.items():
            demand(name in value, where, f"has no {name}")
            rule(value[name], f"{where}.{name}")
        for name, rule in (optional or {}).items():
            if name in value:
                rule(value[name], f"{where}.{name}")

    return check


emoji = entity({"shortcode": text, "url": address, "static_url": address, "visible_in_picker": flag})
field = entity({"name": text, "value": text, "verified_at": nullable(time)})
role = entity({"id": text, "name": text, "color": text})

ACCOUNT = {
    "id": number, "username": text, "acct": text, "display_name": text, "note": text, "url": address, "uri": address,
    "avatar": address, "avatar_static": address, "header": address, "header_static": address, "locked": flag, "bot": flag,
    "group": flag, "created_at": time, "last_status_at": nullable(day), "followers_count": count, "following_count": count,
    "statuses_count": count, "emojis": listed(emoji), "fields": listed(field),
}
ACCOUNT_OPTIONAL = {
    "discoverable": nullable(flag), "indexable": flag, "noindex": nullable(flag), "hide_collections": nullable(flag),
    "roles": listed(role), "suspended": flag, "limited": flag, "memorial": flag,
}
account = entity(ACCOUNT, ACCOUNT_OPTIONAL)
credential_account = entity({
    **ACCOUNT,
    "source": entity({
        "note": text, "fields": listed(field), "sensitive": flag, "privacy": one_of(VISIBILITIES), "language": nullable(text),
        "follow_requests_count": count}),
    "role": entity({"id": text, "name": text, "permissions": text}),
}, ACCOUNT_OPTIONAL)

relationship = entity({
    "id": number, "following": flag, "showing_reblogs": flag, "notifying": flag, "followed_by": flag, "blocking": flag,
    "blocked_by": flag, "muting": flag, "muting_notifications": flag, "requested": flag, "requested_by": flag,
    "domain_blocking": flag, "endorsed": flag, "note": text, "languages": nullable(listed(text)),
})

def measure(value, where):
    demand(isinstance(value, (int, float)) and not isinstance(value, bool), where, f"{value!r} is no number")


picture_size = entity({"width": count, "height": count, "size": text, "aspect": measure})
media = entity({
    "id": number, "type": one_of(MEDIA), "url": address, "preview_url": nullable(address), "remote_url": nullable(address),
    "meta": nullable(entity({}, {
        "original": picture_size, "small": picture_size, "focus": entity({"x": measure, "y": measure})})),
    "description": nullable(text), "blurhash": nullable(text)})
mention = entity({"id": number, "username": text, "url": address, "acct": text})
status_tag = entity({"name": text, "url": address})
poll = entity({
    "id": number, "expires_at": nullable(time), "expired": flag, "multiple": flag, "votes_count": count,
    "voters_count": nullable(count), "options": listed(entity({"title": text, "votes_count": nullable(count)})),
    "emojis": listed(emoji), "voted": flag, "own_votes": listed(count)})

STATUS = {
    "id": number, "uri": address, "url": nullable(address), "created_at": time, "edited_at": nullable(time),
    "account": account, "content": text, "visibility": one_of(VISIBILITIES), "sensitive": flag, "spoiler_text": text,
    "media_attachments": listed(media), "mentions": listed(mention), "tags": listed(status_tag), "emojis": listed(emoji),
    "replies_count": count, "reblogs_count": count, "favourites_count": count, "in_reply_to_id": nullable(number),
    "in_reply_to_account_id": nullable(number), "poll": nullable(poll), "language": nullable(text),
    "application": nullable(entity({"name": text})), "card": nullable(entity({"url": address})),
}
# With a token these are always there.
MARKS = {"favourited": flag, "reblogged": flag, "bookmarked": flag, "muted": flag}
plain_status = entity(STATUS)
inner_status = entity({**STATUS, **MARKS})
CONTEXTS = {"home", "notifications", "public", "thread", "account"}
FILTER = {
    "id": number, "title": text, "context": listed(one_of(CONTEXTS)), "expires_at": nullable(time),
    "filter_action": one_of({"warn", "hide"})}
keyword = entity({"id": number, "keyword": text, "whole_word": flag})
filter = entity({
    **FILTER, "keywords": listed(keyword), "statuses": listed(entity({"id": number, "status_id": number}))})
first_filter = entity({
    "id": number, "phrase": text, "context": listed(one_of(CONTEXTS)), "expires_at": nullable(time), "irreversible": flag,
    "whole_word": flag})
filtered = entity({"filter": entity(FILTER), "keyword_matches": listed(text), "status_matches": listed(number)})
status = entity(
    {**STATUS, **MARKS, "reblog": nullable(inner_status)}, {"pinned": flag, "filtered": listed(filtered)})

scheduled = entity({
    "id": number, "scheduled_at": time, "media_attachments": listed(media),
    "params": entity({"text": text, "visibility": one_of(VISIBILITIES), "sensitive": flag, "spoiler_text": text})})

notification = entity({
    "id": number, "type": one_of(NOTIFICATIONS), "created_at": time, "account": account, "group_key": text},
    {"status": status})
partial_account = entity({
    "id": number, "acct": text, "url": address, "avatar": address, "avatar_static": address, "locked": flag, "bot": flag})
group = entity({
    "group_key": text, "notifications_count": count, "type": one_of(NOTIFICATIONS), "most_recent_notification_id": count,
    "page_min_id": number, "page_max_id": number, "latest_page_notification_at": time,
    "sample_account_ids": listed(number)}, {"status_id": number})


def grouped_notifications(value, where):
    """A client leaves out every group that names something which is not there."""
    entity({"accounts": listed(account), "statuses": listed(status), "notification_groups": listed(group)},
           {"partial_accounts": listed(partial_account)})(value, where)
    accounts = {one["id"] for one in value["accounts"] + value.get("partial_accounts", [])}
    statuses = {one["id"] for one in value["statuses"]}
    for one in value["notification_groups"]:
        demand(one["sample_account_ids"] and set(one["sample_account_ids"]) <= accounts, where, "lacks an account")
        demand(len(one["sample_account_ids"]) <= 8, where, "shows too many people")
        demand("status_id" not in one or one["status_id"] in statuses, where, "lacks a status")
        demand(one["type"] in ("follow", "follow_request") or "status_id" in one, where, "names no status")


treatment = one_of({"accept", "filter", "drop"})
notification_policy = entity({
    "for_not_following": treatment, "for_not_followers": treatment, "for_new_accounts": treatment,
    "for_private_mentions": treatment, "for_limited_accounts": treatment,
    "summary": entity({"pending_requests_count": count, "pending_notifications_count": count})})
notification_request = entity({
    "id": number, "created_at": time, "updated_at": time, "account": account, "notifications_count": number},
    {"last_status": status})
push_subscription = entity({
    "id": count, "endpoint": address, "server_key": text, "standard": flag,
    "alerts": entity({kind: flag for kind in NOTIFICATIONS}), "policy": text})
conversation = entity({
    "id": number, "unread": flag, "accounts": listed(account), "last_status": nullable(status)})
marker = entity({"last_read_id": number, "version": count, "updated_at": time})
context = entity({"ancestors": listed(status), "descendants": listed(status)})
history = listed(entity({"day": number, "uses": number, "accounts": number}))
tag = entity({"name": text, "url": address, "history": history}, {"following": flag})
featured_tag = entity({
    "id": number, "name": text, "url": address, "statuses_count": text, "last_status_at": nullable(day)})
search = entity({"accounts": listed(account), "statuses": listed(status), "hashtags": listed(tag)})
people_list = entity({
    "id": number, "title": text, "replies_policy": one_of({"followed", "list", "none"}), "exclusive": flag})
preferences = entity({
    "posting:default:visibility": one_of(VISIBILITIES), "posting:default:sensitive": flag,
    "posting:default:language": nullable(text), "reading:expand:media": one_of({"default", "show_all", "hide_all"}),
    "reading:expand:spoilers": flag})
suggestion = entity({"source": text, "sources": listed(text), "account": account})
familiar = entity({"id": number, "accounts": listed(account)})
edit = entity({
    "content": text, "spoiler_text": text, "sensitive": flag, "created_at": time, "account": account,
    "media_attachments": listed(media), "emojis": listed(emoji)})
source = entity({"id": number, "text": text, "spoiler_text": text})

CONFIGURATION = entity({
    "statuses": entity({"max_characters": count, "max_media_attachments": count, "characters_reserved_per_url": count}),
    "polls": entity({
        "max_options": count, "max_characters_per_option": count, "min_expiration": count, "max_expiration": count}),
    "accounts": entity({"max_featured_tags": count}),
    "media_attachments": entity({
        "supported_mime_types": listed(text), "image_size_limit": count, "image_matrix_limit": count,
        "video_size_limit": count, "video_frame_rate_limit": count, "video_matrix_limit": count}),
    "urls": entity({"streaming": text}),
    "vapid": entity({"public_key": text}),
})
instance_v2 = entity({
    "domain": text, "title": text, "version": text, "description": text, "thumbnail": entity({"url": address}),
    "configuration": CONFIGURATION, "registrations": entity({"enabled": flag, "approval_required": flag}),
    "contact": entity({"email": text}), "rules": listed(entity({})), "usage": entity({}),
    "api_versions": lambda value, where: entity({name: count for name in value})(value, where)})
instance_v1 = entity({
    "uri": text, "title": text, "description": text, "short_description": text, "email": text, "version": text,
    "urls": entity({"streaming_api": text}), "registrations": flag, "thumbnail": nullable(address),
    "stats": entity({"user_count": count, "status_count": count, "domain_count": count}),
    "configuration": CONFIGURATION})
error = entity({"error": text})
