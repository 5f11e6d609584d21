"""Every route of the description under generated requests, right ones and hostile ones: nothing
but what is described comes back."""

import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from web.access.tokens import new_token
from web.app import create_app
from web.openapi.document import document
from web.settings import Settings

pytestmark = pytest.mark.once

EXAMPLES = 15
OPERATIONS = [(path, method) for path, found in document()["paths"].items() for method in found]
UNFIT = [positive_data_acceptance, negative_data_rejection]
"""Text of a query may break its rules (``date:x``), and an empty parameter is none."""


@pytest.fixture(scope="module")
def described(folder, tmp_path_factory):
    """The description of a server that edits an index of its own and asks for a token, and the
    headers with that."""
    copy = shutil.copytree(folder, tmp_path_factory.mktemp("described") / "index")
    token, secret = new_token("Проверка", edit=True)
    app = create_app(copy, Settings(public=False, editing=True, session=token))
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, headers=headers), headers


@pytest.mark.parametrize("path, method", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_nothing_comes_back_but_what_is_described(described, path, method, mode):
    schema, headers = described
    operation = schema[path][method.upper()]
    if mode == GenerationMode.NEGATIVE and not (operation.query or operation.body):
        return  # any string is right in a path

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case):
        case.call_and_validate(headers=headers, excluded_checks=UNFIT)

    check()
