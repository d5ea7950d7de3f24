"""The files beside the pages: the chat window, the style sheet, the drawings."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from frontdesk.settings import ROOT

BUDGET = 60 * 1024
LAUNCHER = "/widget/frontdesk-chat.js"
NAMESPACE = "http://www.w3.org/2000/svg"  # a name, never fetched


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class Linked(HTMLParser):
    """The files a page asks for by itself."""

    def __init__(self):
        super().__init__()
        self.files = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "link":
            self.files.append(given["href"])
        elif tag in ("script", "img", "iframe") and given.get("src"):
            self.files.append(given["src"])


def fetched_before_opening(client):
    """Each address with its bytes, as a browser fetches them while the chat window is closed."""
    page = body(client.get("/"))
    parser = Linked()
    parser.feed(page.decode())
    found, waiting = {"/": page}, list(parser.files)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = body(response)
        if address.endswith(".js"):
            code = found[address].decode()
            named = re.findall(r'(?:\bfrom|^\s*import)\s*"(\.[^"]+)"', code, flags=re.M)
            named += re.findall(r'new URL\("([^"]+\.\w+)",', code)
            waiting += [urljoin(address, name) for name in named]
    return found


def test_page_stays_within_its_budget(client):
    sizes = {name: len(content) for name, content in fetched_before_opening(client).items()}
    assert LAUNCHER in sizes
    assert sum(sizes.values()) <= BUDGET, sizes


def test_nothing_is_asked_of_other_sites(client, settings):
    served = {address: body(client.get(address)) for address in ("/", "/privacy/", "/nowhere/")}
    for folder, prefix in (
        (ROOT / "frontdesk/console/static", "/static/"),
        (ROOT / "widget", "/widget/"),
    ):
        for path in folder.rglob("*.*"):
            if path.suffix in (".js", ".css", ".svg", ".html"):
                address = prefix + path.relative_to(folder).as_posix()
                served[address] = body(client.get(address))
    for address, content in served.items():
        text = content.decode().replace(NAMESPACE, "").replace(settings.CHAT_URL, "")
        assert not re.findall(r"https?://[\w.-]+", text), address
        assert not re.findall(r"""(?:src|href)=["']?//|url\(["']?//|@import""", text), address


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (LAUNCHER, "text/javascript"),
        ("/widget/style.css", "text/css"),
        ("/static/console/clinic.css", "text/css"),
        ("/static/console/open-chat.js", "text/javascript"),
        ("/static/console/icon.svg", "image/svg+xml"),
    ],
)
def test_files_have_their_type_and_are_kept_shortly(client, address, kind):
    response = client.get(address)
    assert response["Content-Type"].partition(";")[0] == kind
    assert "max-age=300" in response["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_chat_window_may_be_updated_while_we_run(client, settings, tmp_path):
    settings.WIDGET_FOLDER = tmp_path
    file = tmp_path / "frontdesk-chat.js"
    file.write_text("old()")
    before = client.get(LAUNCHER)
    file.write_text("newer()")
    after = client.get(LAUNCHER, headers={"If-None-Match": before["ETag"]})
    assert (body(after), after["Content-Length"]) == (b"newer()", "7")


def test_only_the_chat_window_is_open_to_other_sites(client):
    assert client.get(LAUNCHER)["Access-Control-Allow-Origin"] == "*"
    assert client.get(LAUNCHER)["Cross-Origin-Resource-Policy"] == "cross-origin"
    for address in ("/", "/static/console/clinic.css", "/health/"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


@pytest.mark.parametrize(
    "address", ["/widget/../manage.py", "/widget/%2e%2e/manage.py", "/widget/", "/static/"]
)
def test_nothing_else_of_the_project_is_served(client, address):
    assert client.get(address).status_code == 404
