"""The documents themselves: they are sound, agree with their examples, and refuse what is wrong."""

import copy
import json
import re

import pytest
from jsonschema import Draft202012Validator

from contracts import BASE, MENTORING_CONTEXT, SCHEMAS, documents, schema_name, social_schema_name

EXAMPLES = sorted((SCHEMAS / "json").rglob("examples/*.json"))
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def schema_of(example):
    folder = example.parent.parent.relative_to(SCHEMAS / "json")
    return str(folder / example.name.split(".")[0])


def named(path):
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.fixture(params=EXAMPLES, ids=named)
def example(request):
    return schema_of(request.param), json.loads(request.param.read_text())


@pytest.mark.parametrize("name", documents())
def test_every_schema_is_a_schema(name, contracts):
    Draft202012Validator.check_schema(contracts.documents[name])
    assert contracts.documents[name]["$id"] == f"{BASE}json/{name}.json"


def test_every_document_has_an_example(contracts):
    used = {schema_of(path) for path in EXAMPLES}
    parts = {"definitions", "activity", "session/activity", "post/object", "actor/profile"}
    assert used == set(contracts.documents) - parts


def test_examples_are_as_their_schema_says(example, contracts):
    name, value = example
    contracts.document(value, name)
    if name.startswith("session/") and "actor" in value and "object" in value:
        contracts.activity(value)


# What a post may lack.
OPTIONAL = {
    "name", "summary", "content", "contentMap", "url", "inReplyTo", "conversation", "context", "updated", "directMessage",
    "quote", "quoteUrl", "_misskey_quote", "approvedBy", "replies", "endTime", "closed", "votersCount", "timezone", "location", "status"}

# What a mentor may leave empty.
UNFILLED = {"mnt:goals", "mnt:styles", "mnt:hoursPerMonth", "mnt:mostMentees", "mnt:video", "mnt:questions", "mnt:availability",
            "mnt:holdsRequests", "mnt:directory"}
# What only some documents about sessions and free times have.
SOMETIMES = {"mnt:offer", "mnt:follows", "mnt:answers", "mnt:heldUntil", "mnt:suggests", "mnt:series", "mnt:act", "next", "mnt:startedAt", "mnt:endedAt",
             "mnt:notes", "mnt:for", "mnt:due", "mnt:doneBy", "mnt:doneAt"}


def social_mutations(name, value):
    """Every way to spoil a document of the social part that must be noticed."""
    for key in value:
        if key not in OPTIONAL:
            yield f"without {key}", {k: v for k, v in value.items() if k != key}
        yield f"{key} is null", value | {key: None}
        yield f"{key} is a number", value | {key: -1}
    yield "an unknown member", value | {"bcc": []}
    for key in ("id", "actor", "target", "attributedTo", "inReplyTo", "url", "replies", "approvedBy"):
        if key in value:
            yield f"{key} is no address", value | {key: "javascript:alert(1)"}
    for key in ("to", "cc"):
        yield f"{key} as text", value | {key: "https://a.example/users/mika"}
        yield f"{key} with no address", value | {key: ["as:Public"]}
    if name.startswith(("follow/", "moderation/")) or name in ("post/like", "post/vote"):
        yield "to everybody", value | {"to": [PUBLIC]}
        yield "to nobody", value | {"to": []}
        yield "cc to somebody", value | {"cc": value["to"]}
    if value.get("directMessage"):
        yield "a direct message to everybody", value | {"to": [PUBLIC]}
        yield "a direct message to followers", value | {"cc": ["https://b.example/users/noor/followers"]}
    if "content" in value and name.startswith("post/"):
        yield "content with a script", value | {"content": "<p>a</p><script>b</script>"}
        yield "content with attributes", value | {"content": '<p onclick="a">b</p>'}
    thing = value.get("object")
    if isinstance(thing, dict):
        for key in thing:
            if key not in OPTIONAL | UNFILLED | {"featured", "alsoKnownAs", "icon", "image"} or name == "post/vote":
                yield f"object without {key}", value | {"object": {k: v for k, v in thing.items() if k != key}}
        yield "object with more", value | {"object": thing | {"secret": "x"}}
        yield "object as its id alone", value | {"object": thing["id"]}
        yield "object with a context", value | {"object": thing | {"@context": value["@context"]}}


def mutations(name, value):
    """Every way to spoil a document that must be noticed."""
    if name.startswith(("follow/", "post/", "moderation/", "actor/", "directory/add", "directory/update", "directory/remove")):
        yield from social_mutations(name, value)
        return
    for key in value:
        if key in ("content", "location", "inReplyTo", "startTime") and name in (
                "session/accept", "session/tentative-accept", "session/update", "session/delete-event"):
            continue
        if name == "session/event" and key == "@context":
            continue
        if key not in UNFILLED | SOMETIMES:
            yield f"without {key}", {k: v for k, v in value.items() if k != key}
        yield f"{key} is null", value | {key: None}
        yield f"{key} is a number", value | {key: -1}
    yield "an unknown member", value | {"bcc": []}
    for key in ("id", "actor", "target", "inReplyTo", "first", "next", "partOf", "mnt:offer", "mnt:availability", "mnt:directory"):
        if key in value:
            yield f"{key} is no address", value | {key: "javascript:alert(1)"}
            yield f"{key} has a blank", value | {key: value[key] + " x"}
    if "to" in value:
        yield "to everybody", value | {"to": [PUBLIC]}
        yield "to followers", value | {"to": [value["to"][0] + "/followers"]}
        yield "to two", value | {"to": value["to"] * 2}
        yield "to nobody", value | {"to": []}
        yield "to as text", value | {"to": value["to"][0]}
        yield "cc to somebody", value | {"cc": value["to"]}
    for key in ("mnt:reason", "mnt:state", "mnt:medium", "mnt:pricing", "mnt:mentorStatus", "mnt:acceptsRequestsFrom"):
        if key in value:
            yield f"{key} unknown", value | {key: "sunny"}
    if "content" in value:
        yield "content with a script", value | {"content": "<p>a</p><script>b</script>"}
        yield "content with attributes", value | {"content": '<p onclick="a">b</p>'}
    thing = value.get("object")
    if isinstance(thing, dict):
        for key in thing:
            if key == "updated" or key in UNFILLED | SOMETIMES or (key == "location" and name == "session/accept"):
                continue
            yield f"object without {key}", value | {"object": {k: v for k, v in thing.items() if k != key}}
        yield "object with more", value | {"object": thing | {"secret": "x"}}
        yield "object as its id alone", value | {"object": "https://a.example/sessions/1"}


def test_spoiled_examples_are_refused(example, contracts):
    name, value = example
    missed = []
    for what, spoiled in mutations(name, value):
        try:
            contracts.document(spoiled, name)
            missed.append(what)
        except AssertionError:
            pass
    assert not missed


@pytest.mark.parametrize(
    "change",
    [{"mnt:state": "confirmed"}, {"mnt:expiresAt": None}, {"mnt:heldUntil": "soon"}, {"mnt:revision": 1}, {"mnt:outcome": {}},
     {"status": "CONFIRMED"}, {"mnt:medium": "phone"}, {"name": "SQL with Noor"}, {"startTime": "2026-09-08 16:00"},
     {"mnt:terms": {"mnt:kind": "free", "mnt:amount": "1.00"}}, {"duration": "45"}, {"to": [PUBLIC]}],
    ids=str)
def test_an_event_whose_members_contradict_each_other_is_refused(change, contracts):
    value = json.loads((SCHEMAS / "json/session/examples/event.json").read_text())
    contracts.document(value, "session/event")
    value |= change
    value = {key: member for key, member in value.items() if member is not None}
    with pytest.raises(AssertionError):
        contracts.document(value, "session/event")


def test_the_context_has_exactly_the_terms_that_are_written(contracts):
    written = set(re.findall(r'"(mnt:[A-Za-z]+)"', json.dumps(contracts.documents)))
    assert written == {term for term in MENTORING_CONTEXT if term.startswith("mnt:")}
    assert MENTORING_CONTEXT["mnt"] == "https://w3id.org/mentoring/ns#"


def references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for member in value:
            yield from references(member)


def test_every_reference_of_the_api_leads_somewhere_and_every_part_is_used(contracts):
    resolver = contracts.registry.resolver(BASE + "openapi.yaml")
    found = set(references(contracts.api))
    for reference in found:
        resolver.lookup(reference)
    parts = {f"#/components/{kind}/{name}" for kind, members in contracts.api["components"].items()
             if kind != "securitySchemes" for name in members}
    assert parts <= found


def examples_of(contracts):
    for template, operations in contracts.api["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            places = [("requestBody", operation.get("requestBody", {}))]
            places += [(f"responses/{status}", answer) for status, answer in operation["responses"].items()]
            for place, holder in places:
                pointer = contracts.pointer(template, method) + "/" + place
                holder, pointer = contracts.resolve(holder, pointer)
                for media, content in holder.get("content", {}).items():
                    given = [content["example"]] if "example" in content else []
                    given += [example["value"] for example in content.get("examples", {}).values()]
                    for value in given:
                        yield value, f"openapi.yaml#{pointer}/content/{media.replace('/', '~1')}/schema"


def test_examples_of_the_api_are_as_it_says(contracts):
    found = list(examples_of(contracts))
    assert len(found) > 20
    for value, schema in found:
        contracts.check(value, schema)


def test_every_call_of_the_api_needs_a_token_and_says_so(contracts):
    for template, operations in contracts.api["paths"].items():
        if not template.startswith("/api/"):
            continue
        for method, operation in operations.items():
            if method == "parameters":
                continue
            assert operation["security"] == [{"bearer": ["read" if method == "get" else "write"]}]
            assert {"401", "403"} <= set(operation["responses"])
            assert ("415" in operation["responses"]) == ("requestBody" in operation)
            assert "requestBody" in operation or method in ("get", "delete") or template.split("/")[-1] in ("approve", "resume", "refresh")


def test_schemas_are_closed(contracts):
    """A member that is not described is an error everywhere, or a new one would go unnoticed."""
    value = json.loads((SCHEMAS / "json/session/examples/invite.json").read_text())
    for path in (["object", "location"], ["object", "mnt:terms"], ["object"], []):
        spoiled = copy.deepcopy(value)
        inner = spoiled
        for key in path:
            inner = inner[key]
        inner["surprise"] = True
        with pytest.raises(AssertionError):
            contracts.document(spoiled, "session/invite")


def test_the_proposal_shows_what_the_examples_say():
    """Each example in the protocol's text is one of the example files, context aside."""
    text = (SCHEMAS / "fep-mentoring-sessions.md").read_text()
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.S)]
    known = [json.loads(path.read_text()) for path in EXAMPLES]
    for value in known:
        value.pop("@context", None)
    assert {social_schema_name(value) or schema_name(value) for value in shown} == {
        "invite", "accept", "tentative-accept", "reject", "offer", "reject-offer", "delete-event", "delete-accept",
        "workspace/update", "post/create"}
    for value in shown:
        value.pop("@context", None)
        assert any(value == {name: other.get(name) for name in value} for other in known), value


def test_the_map_in_the_readme_names_every_module():
    root = SCHEMAS.parent
    manifest = (root / "Package.swift").read_text()
    modules = set(re.findall(r'(?:module\(|executableTarget\(|\.target\()\s*(?:name: )?"([\w-]+)"', manifest))
    modules -= {"embed-schemas", "CorpusTesting", "PostgresTesting", "TestSupport"}
    table = (root / "README.md").read_text().split("## The map")[1].split("Beside the sources")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == modules


def test_every_setting_has_one_place():
    """The guide for operators names only settings that there are."""
    root = SCHEMAS.parent
    keys = (root / "Sources/mentord/Settings/SettingKey.swift").read_text()
    known = set(re.findall(r'case \w+ = "([\w.]+)"', keys)) | set(re.findall(r"^    case (\w+)$", keys, re.M))
    guide = (root / "deploy/README.md").read_text()
    named = set(re.findall(r"^\| ((?:`[\w.]+`(?:, )?)+) \|", guide, re.M))
    assert {key for row in named for key in re.findall(r"`([\w.]+)`", row)} <= known
