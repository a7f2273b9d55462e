"""What a refusal says is wrong."""


def fields(response):
    """The names of the fields that were refused, in order."""
    assert response.status_code == 422, response.text
    return [error["field"] for error in response.json()["fields"]]
