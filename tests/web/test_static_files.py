import re

from web.static_files import version


def test_styles_and_scripts_are_kept_under_their_versions(client):
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert len(addresses) > 4
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{8}$", address)
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.immutable and answer.cache_control.max_age > 1_000_000


def test_another_version_is_not_kept(client):
    for address in ("/static/base.css", "/static/base.css?v=00000000"):
        assert not client.get(address).cache_control.immutable
    assert client.get("/static/nothing.css?v=00000000").status_code == 404


def test_a_version_changes_with_the_file(tmp_path):
    one, other = tmp_path / "one.css", tmp_path / "other.css"
    one.write_text("a {}")
    other.write_text("b {}")
    assert version(one) != version(other) and len(version(one)) == 8
