"""The product's stores, on each kind of database."""

import uuid
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.console.privacy.house import House


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    if request.param == "sqlite":
        yield House(tmp_path)
        return
    server = urlsplit(request.getfixturevalue("postgres"))
    name = f"privacy_{uuid.uuid4().hex}"
    connection = psycopg2.connect(server.geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield House(tmp_path, server._replace(path=f"/{name}").geturl())
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()
