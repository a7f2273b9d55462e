"""The documents as JSON-LD: every member means something, and `mentoring.jsonld` says what."""

import json
import re

import pytest
from pyld import jsonld

from contexts import AS, MENTORING, load
from contracts import MENTORING_CONTEXT, SCHEMAS
from test_documents import EXAMPLES, named

MNT = "https://w3id.org/mentoring/ns#"
SOURCES = SCHEMAS.parent / "Sources"
XSD = "http://www.w3.org/2001/XMLSchema#"
# Members that JSON-LD has for itself.
SYNTAX = {"@context", "id", "type"}


def expand(document):
    return jsonld.expand(document, {"documentLoader": load})


def members(value, found=None):
    """Every member's name, but for what lies in maps of languages."""
    found = [] if found is None else found
    if isinstance(value, list):
        for one in value:
            members(one, found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            # What is said in several languages is one property with what is said beside it.
            if name != "@context" and not (name == "contentMap" and "content" in value):
                found.append(name)
            if name not in ("@context", "contentMap"):
                members(inner, found)
    return found


def expanded_members(value, found=None):
    found = [] if found is None else found
    if isinstance(value, list):
        for one in value:
            expanded_members(one, found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not name.startswith("@"):
                found.append(name)
            expanded_members(inner, found)
    return found


def empty(value):
    """What expansion leaves out: members without a value, which say nothing."""
    return value is None or value == {}


def without_nothing(value):
    if isinstance(value, list):
        return [without_nothing(one) for one in value]
    if isinstance(value, dict):
        return {name: inner if name == "@context" else without_nothing(inner) for name, inner in value.items() if not empty(inner)}
    return value


# What lies within others has the context of the whole.
SESSION_CONTEXT = json.loads((SCHEMAS / "json/session/examples/invite.json").read_text())["@context"]
# JRD (RFC 7033) is no JSON-LD.
SUBJECTS = [path for path in EXAMPLES if path.stem != "webfinger"]


@pytest.mark.parametrize("path", SUBJECTS, ids=named)
@pytest.mark.parametrize("context", ["its own", "mentoring.jsonld"])
def test_expansion_keeps_every_member_of_the_examples(path, context):
    document = json.loads(path.read_text())
    own = document.get("@context", SESSION_CONTEXT)
    own = own if isinstance(own, list) else [own]
    document["@context"] = own if context == "its own" else [*own, MENTORING]
    said = [name for name in members(without_nothing(document)) if name not in SYNTAX]
    kept = expanded_members(expand(document))
    # `@vocab` of ActivityStreams keeps unknown names as blank ones: those mean nothing to anybody.
    assert [name for name in kept if name.startswith("_:")] == []
    assert len(kept) == len(said), f"of {sorted(said)} these are left: {sorted(kept)}"
    terms = {name.removeprefix("mnt:") for name in said if name.startswith("mnt:")}
    assert {name.removeprefix(MNT) for name in kept if name.startswith(MNT)} == terms


def test_a_member_that_means_nothing_is_noticed():
    kept = expanded_members(expand({"@context": AS, "type": "Note", "invented": 5, "content": "x"}))
    assert any(name.startswith("_:") for name in kept)
    assert expanded_members(expand({"@context": AS, "type": "Note", "mnt:state": "x"})) == ["mnt:state"], "without the prefix"


@pytest.mark.parametrize(("term", "value", "expected"), [
    ("mnt:availability", "https://b.example/times", {"@id": "https://b.example/times"}),
    ("mnt:video", "https://b.example/film", {"@id": "https://b.example/film"}),
    ("mnt:revision", 2, {"@type": XSD + "nonNegativeInteger", "@value": 2}),
    ("mnt:position", 2, {"@type": XSD + "positiveInteger", "@value": 2}),
    ("mnt:expiresAt", "2026-09-08T09:00:00Z", {"@type": XSD + "dateTime", "@value": "2026-09-08T09:00:00Z"}),
    ("mnt:returnsOn", "2027-03-01", {"@type": XSD + "date", "@value": "2027-03-01"}),
    ("mnt:due", "2027-03-01", {"@type": XSD + "date", "@value": "2027-03-01"}),
    ("mnt:amount", "20.00", {"@type": XSD + "decimal", "@value": "20.00"}),
    ("mnt:isRequired", True, {"@type": XSD + "boolean", "@value": True}),
    ("mnt:digest", "00ff", {"@type": XSD + "hexBinary", "@value": "00ff"}),
    ("mnt:suggests", ["https://b.example/users/omar"], {"@list": [{"@id": "https://b.example/users/omar"}]}),
    ("mnt:expertise", ["sql"], {"@type": XSD + "string", "@value": "sql"}),
])
def test_values_have_the_types_of_the_context(term, value, expected):
    thing, = expand({"@context": [AS, MENTORING], "id": "https://a.example/1", term: value})
    assert thing[MNT + term.removeprefix("mnt:")] == [expected]


def test_the_context_names_every_term_once_and_only_its_own():
    assert {name for name in MENTORING_CONTEXT if not name.startswith("mnt:")} == {"@version", "mnt", "xsd"}
    for term, meaning in MENTORING_CONTEXT.items():
        if term.startswith("mnt:"):
            assert set(meaning) <= {"@type", "@container"}, term
            kind = meaning.get("@type", "@id")
            assert kind == "@id" or kind.startswith("xsd:"), term


def written_terms():
    """Terms that the program writes: `"mnt:term"` in its sources."""
    text = "\n".join(path.read_text() for path in SOURCES.rglob("*.swift"))
    return set(re.findall(r'"mnt:([A-Za-z]+)"', text))


def read_terms():
    """Terms that it reads: names given to the finder of terms, wherever it is called."""
    found = set()
    for folder in ("ActivityStreams", "Federation"):
        for path in (SOURCES / folder).rglob("*.swift"):
            text = path.read_text()
            found |= set(re.findall(r'terms\s*\.\w+\(\s*"([A-Za-z]+)"', text))
            for own, listed in re.findall(r'(?<![.\w])(?:(?:value|word|line)\("([A-Za-z]+)", of:|texts\("([A-Za-z]+)"\))', text):
                found.add(own or listed)
    return found


def test_the_context_has_every_term_that_the_program_writes_or_reads():
    terms = {term.removeprefix("mnt:") for term in MENTORING_CONTEXT if term.startswith("mnt:")}
    written, read = written_terms(), read_terms()
    assert {"state", "revision", "expertise"} <= written and {"state", "revision", "expertise"} <= read, "they are found"
    assert (written | read) - terms == set()
