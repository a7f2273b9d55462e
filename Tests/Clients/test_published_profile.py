"""What others read of the protocol says what is there: FEDERATION.md, the text of the protocol, the vectors."""

import hashlib
import json
import re

import pytest

from contracts import SCHEMAS
from test_documents import EXAMPLES, schema_of

ROOT = SCHEMAS.parent
FEDERATION = (ROOT / "FEDERATION.md").read_text()
TEXTS = [ROOT / "FEDERATION.md", SCHEMAS / "README.md", SCHEMAS / "vectors/README.md", *SCHEMAS.glob("fep-*.md")]
VECTORS = sorted((SCHEMAS / "vectors").glob("*.json"))


def section(text, title):
    return re.split(r"\n##+ ", text.split(title + "\n", 1)[1])[0]


def test_every_activity_that_is_sent_is_listed_with_its_type():
    listed = set()
    for row in section(FEDERATION, "### Sent").splitlines():
        if row.startswith("| `"):
            kinds, _, schemas, _ = (re.findall(r"`([\w/-]+)`", cell) for cell in row.strip("|").split("|"))
            kinds = kinds * len(schemas) if len(kinds) == 1 else kinds
            assert len(kinds) == len(schemas), row
            listed |= set(zip(schemas, kinds))
    examples = set()
    for path in EXAMPLES:
        value = json.loads(path.read_text())
        if {"actor", "object"} <= set(value):
            examples.add((schema_of(path), value["type"]))
    assert listed == examples


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path):
    links = [link for link in re.findall(r"\]\(([^)]+)\)", path.read_text()) if "://" not in link]
    assert [link for link in links if not (path.parent / link.split("#")[0]).exists()] == []
    names = [name for name in re.findall(r"`((?:json|schemas)/[\w./-]+)`", path.read_text()) if not name.endswith("-")]
    assert [name for name in names if not ((ROOT if name.startswith("schemas") else SCHEMAS) / name).exists()] == []


def test_the_readme_names_it():
    text = (ROOT / "README.md").read_text()
    assert "FEDERATION.md" in text and "schemas/" in text


@pytest.mark.parametrize("path", [path for path in TEXTS if path.name.startswith("fep-")], ids=lambda path: path.name)
def test_the_proposal_has_what_proposals_have(path):
    text = path.read_text()
    _, front, body = text.split("---\n", 2)
    title = re.search(r"^# FEP-([0-9a-f]{4}): (.+)$", body, re.M)
    slug = hashlib.sha256(title[2].encode()).hexdigest()[:4]
    assert title[1] == slug and f'slug: "{slug}"' in front and "status: DRAFT" in front
    for heading in ("Summary", "Requirements", "Security considerations", "Privacy considerations", "References", "Copyright"):
        assert f"\n## {heading}\n" in body, heading


def test_the_vectors_are_described_and_each_has_a_name_of_its_own():
    described = set(re.findall(r"(\w+\.json)", (SCHEMAS / "vectors/README.md").read_text()))
    assert described == {path.name for path in VECTORS}
    for path in VECTORS:
        document = json.loads(path.read_text())
        names = [(vector.get("side"), vector.get("form"), vector.get("name", vector.get("text"))) for vector in document["vectors"]]
        assert document["title"] and len(names) == len(set(names)) > 5


def test_the_steps_of_conversations_have_only_what_is_described():
    text = (SCHEMAS / "vectors/README.md").read_text()
    described = set(re.findall(r"`(\w+)`", text))
    for vector in json.loads((SCHEMAS / "vectors/sessions.json").read_text())["vectors"]:
        assert set(vector) <= {"name", "table", "side", "given", "steps"}
        moments = [step["at"] for step in vector["steps"]]
        assert moments == sorted(moments), vector["name"]
        for step in vector["steps"]:
            assert set(step) <= {"at", "received", "does", "as", "timeIsTaken", "then", "sent"} <= described | {"at"}
            assert set(step["then"]) <= described and "state" in step["then"]
            assert not ({"received", "does"} <= set(step))
            assert {step["does"]["what"]} <= described if "does" in step else True
