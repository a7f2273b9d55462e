"""Requests of every shape that openapi.yaml allows, and of shapes that it does not, against a running server."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, assume, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from contracts import SCHEMAS

SCHEMA = schemathesis.openapi.from_path(SCHEMAS / "openapi.yaml")


@pytest.fixture(scope="module")
def holder(alfa):
    """Whose token the requests carry."""
    alfa.open_account("dora")
    return {"Host": alfa.authority, "Authorization": f"Bearer {alfa.token('dora', scopes='read write')}"}


@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_answer_is_outside_of_the_document(case, alfa, holder):
    request = case.as_transport_kwargs(base_url=alfa.reached)
    # What is longer than the server reads is refused before anybody knows what it asks for.
    assume(len(requests.Request(request["method"], request["url"], params=request.get("params")).prepare().url) < 8000)
    response = case.call(base_url=alfa.reached, headers=holder, session=alfa.http, allow_redirects=False)
    # What is well written can still be against the rules, which is 422 and not in the schemas.
    excluded = [positive_data_acceptance]
    # Unknown members of bodies are refused; of queries they are left alone, as everywhere on the web.
    if case.method == "GET":
        excluded.append(negative_data_rejection)
    case.validate_response(response, headers=holder, excluded_checks=excluded)
