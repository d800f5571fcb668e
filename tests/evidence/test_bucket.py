"""A vault in a bucket of an S3-compatible service: the same as in a folder.

Needs what the group ``s3`` of pyproject.toml installs: the service is one of the tests' own.
"""

from __future__ import annotations

import io
import os

import pytest
from specimens import FILES, given, hash_of

from dti_core.evidence import Vault, VaultFailed, take
from dti_core.evidence.vault import INCOMING

server = pytest.importorskip("moto.server")
pytest.importorskip("s3fs")

CONTENT = FILES[".pdf"]
SHA256 = hash_of(CONTENT)


@pytest.fixture(scope="module")
def service():
    made = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture
def options(service):
    return {"key": "test", "secret": "test", "endpoint_url": service}


@pytest.fixture
def bucket(options):
    import s3fs

    files = s3fs.S3FileSystem(skip_instance_cache=True, **options)
    name = f"minh-hoa-{os.urandom(4).hex()}"
    files.mkdir(name)
    return name


@pytest.fixture
def in_bucket(bucket, options):
    return Vault(f"s3://{bucket}/2024", **options)


def test_files_are_kept_once_under_their_hash(in_bucket):
    assert in_bucket.names() == []
    assert in_bucket.size(SHA256) is None
    shown = take(in_bucket, [given("a.pdf"), given("b.pdf"), given("c.png")])
    assert len(in_bucket.names()) == 2
    assert [in_bucket.hash(each.sha256) for each in shown] == [each.sha256 for each in shown]
    with in_bucket.open(SHA256) as file:
        assert file.read() == CONTENT


def test_the_service_may_be_named_by_the_usual_variables(bucket, service, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_ENDPOINT_URL", service)
    vault = Vault(f"s3://{bucket}/2024")
    take(vault, [given("a.pdf")])
    assert vault.names() == [Vault.path(SHA256)]


def test_a_large_file_comes_in_parts(in_bucket):
    content = os.urandom(12 * 2**20)
    in_bucket.keep(io.BytesIO(content), hash_of(content))
    assert in_bucket.hash(hash_of(content)) == hash_of(content)


def test_a_damaged_one_is_noticed_and_mended(in_bucket, bucket, options):
    import s3fs

    take(in_bucket, [given("a.pdf")])
    files = s3fs.S3FileSystem(skip_instance_cache=True, **options)
    files.pipe_file(f"{bucket}/2024/{Vault.path(SHA256)}", CONTENT[::-1])
    assert in_bucket.hash(SHA256) != SHA256
    (shown,) = take(in_bucket, [given("a.pdf")])
    assert shown.was_damaged
    assert in_bucket.hash(SHA256) == SHA256


def test_two_vaults_see_what_the_other_keeps(bucket, options):
    one, other = (Vault(f"s3://{bucket}/2024", **options) for _ in range(2))
    assert other.names() == []
    take(one, [given("a.pdf")])
    assert other.names() == [Vault.path(SHA256)]
    assert other.size(SHA256) == len(CONTENT)


def test_what_is_not_of_its_hash_leaves_nothing(in_bucket):
    with pytest.raises(VaultFailed):
        in_bucket.keep(io.BytesIO(b"other"), SHA256)
    assert not [each for each in in_bucket.names() if each.startswith(INCOMING)]


@pytest.mark.parametrize("wrong", ["bucket", "server"])
def test_a_service_that_refuses_or_is_not_there_is_told(wrong, options, service):
    if wrong == "server":
        options["endpoint_url"] = "http://127.0.0.1:9"
        options["config_kwargs"] = {"retries": {"max_attempts": 0}, "connect_timeout": 1}
    vault = Vault("s3://no-such-bucket-here/x", **options)
    with pytest.raises(VaultFailed) as told:
        take(vault, [given("a.pdf")])
    assert told.value.problems[0].key == "evidence.vault"
