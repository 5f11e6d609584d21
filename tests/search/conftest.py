"""Questions as parameters."""

import pytest

from search import Request


@pytest.fixture
def ask(archive):
    """The answer to a request written as parameters."""

    def ask(**parameters):
        pairs = [
            (name.replace("_", "."), value)
            for name, values in parameters.items()
            for value in (values if isinstance(values, list) else [values])
        ]
        return archive.search(Request.from_params(pairs))

    return ask
