"""The application in ``examples/booking-app``: what is booked is published, and shown."""

import ast
import inspect
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import apd
from apd.model.time import copenhagen
from apd.publication.http import HttpPost
from apd.testing.registry import Fault, RunningRegistry, Transaction
from tests.overview import reading_ics
from tests.overview.html import browsing
from tests.places import ROOT

UNZONED = "%Y-%m-%dT%H:%M"
MISSING = "is not installed: pip install 'dk-apd[example]'"
for needed in ("fastapi", "sqlalchemy", "uvicorn", "python_multipart"):
    pytest.importorskip(needed, reason=f"{needed} {MISSING}")
import uvicorn  # noqa: E402

FOLDER = ROOT / "examples" / "booking-app"
NAMES = ("clinic", "tables", "publishing", "showing", "pages", "main")
VERA, VIGGO = "/patients/1", "/patients/2"
IN_TIME = 60
"""So many seconds are waited for what happens in the background."""


@pytest.fixture(scope="module")
def parts() -> Iterator[SimpleNamespace]:
    """The modules of the application; they lie beside each other, as those of an application do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        yield SimpleNamespace(**{name: import_module(name) for name in NAMES})
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def running() -> Iterator[RunningRegistry]:
    with RunningRegistry() as registry:
        yield registry


@contextmanager
def serving(app: Any) -> Iterator[httpx.Client]:
    """A client of an application that a thread runs."""
    config = uvicorn.Config(app, port=0, log_level="critical")
    with closing(config.bind_socket()) as listening:
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        wait_for(lambda: server.started)  # before that, the socket refuses
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(
            base_url=address, follow_redirects=True, timeout=IN_TIME, verify=False
        ) as client:
            yield client
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def post(running) -> Iterator[HttpPost]:
    with httpx.Client(timeout=IN_TIME, verify=False) as client:
        yield HttpPost(client, registry=running.url, repository=running.url)


@pytest.fixture(scope="module")
def served(parts, post, tmp_path_factory) -> Iterator[tuple[Any, httpx.Client]]:
    """The application, which has published nothing yet and does not in a while, and a client."""
    publication = parts.main.open_publication(tmp_path_factory.mktemp("first"), post)
    app = parts.pages.make_app(publication, every=3600)
    with serving(app) as pages:
        yield app, pages


class App:
    """The application with data of its own; it publishes when it is told to."""

    def __init__(self, publication: Any, pages: httpx.Client, registry: RunningRegistry) -> None:
        self.publication, self.pages, self.registry = publication, pages, registry

    def publish(self) -> list[tuple[str, str]]:
        with self.publication.publisher() as publisher:
            outcomes = publisher.run(self.publication.bookings()).outcomes
        return [(outcome.kind.value, outcome.result.value) for outcome in outcomes]

    def book(self, patient: str = VERA, **fields: object) -> httpx.Response:
        """Book an appointment in a year."""
        given = {"starts": in_a_year("10:15"), "minutes": 30, "reason": "Kontrol"}
        return self.post(f"{patient}/bookings", **{**given, **fields})

    def post(self, path: str, **fields: object) -> httpx.Response:
        return self.pages.post(path, data=fields)

    def shown(self) -> list[str]:
        return shown_by(self.registry)


def shown_by(registry: RunningRegistry) -> list[str]:
    """When the appointments are that a registry shows, by a clock in Denmark."""
    times = [entry.service_start_time for entry in registry.approved()]
    return [starts.astimezone(copenhagen()).strftime(UNZONED) for starts in times if starts]


@pytest.fixture
def app(parts, served, post, running, tmp_path) -> App:
    running.clear()
    application, pages = served
    publication = parts.main.open_publication(tmp_path / "data", post)
    application.state.publication = publication
    return App(publication, pages, running)


def in_a_year(clock: str) -> str:
    return f"{time.gmtime().tm_year + 1}-05-04T{clock}"


def form_of(page: str, label: str) -> str:
    """Where a form leads."""
    before = page.partition(f'aria-label="{label}"')[0]
    return before.rpartition('action="')[2].partition('"')[0]


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + IN_TIME
    while not is_so():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.05)


# --- without a browser ---------------------------------------------------------------------------


def test_made_moved_and_cancelled(app: App) -> None:
    page = app.book()
    assert (page.status_code, "Afventer" in page.text) == (200, True)
    assert app.publish() == [("publish", "done")]
    assert app.shown() == [in_a_year("10:15")]
    page = app.pages.get(VERA)
    assert "Publiceret" in page.text
    assert "Kontrol" in app.pages.get(f"{VERA}/overview").text

    moved = app.post(form_of(page.text, "Flyt Kontrol"), starts=in_a_year("13:00"), minutes=45)
    assert "Afventer" in moved.text
    assert app.publish() == [("replace", "done")]
    assert app.shown() == [in_a_year("13:00")]
    assert "13.00" in app.pages.get(f"{VERA}/overview").text
    answer = app.pages.get(f"{VERA}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = reading_ics.events(answer.text).values()
    assert event.summary == "Kontrol"

    gone = app.post(form_of(page.text, "Aflys Kontrol"))
    assert "Aflyst. Afventer" in gone.text
    assert app.publish() == [("deprecate", "done")]
    assert app.shown() == []
    assert "Ikke publiceret" in app.pages.get(VERA).text
    assert "Kontrol" not in app.pages.get(f"{VERA}/overview").text
    assert app.publish() == []


def test_it_publishes_in_the_background_and_goes_on_after_an_error(
    app: App, parts, monkeypatch
) -> None:
    failing = iter([True])
    whole = type(app.publication).bookings

    def bookings(self: Any) -> Any:
        if next(failing, False):
            raise RuntimeError("2512489996 is in here")
        return whole(self)

    monkeypatch.setattr(type(app.publication), "bookings", bookings)
    app.book()
    with serving(parts.pages.make_app(app.publication, every=0.05)):
        wait_for(lambda: app.shown() == [in_a_year("10:15")])


def test_all_that_is_sent_is_sound_and_a_protected_address_is_nowhere(app: App) -> None:
    for patient in (VERA, VIGGO):
        app.book(patient)
    app.publish()
    documents = list(app.registry.documents.values())
    assert [apd.validate(data).is_valid for data in documents] == [True, True]
    assert [b"Humlevangen" in data for data in documents].count(True) == 1
    assert not any(b"Vindrosestien" in data for data in documents)


def test_metrics(app: App) -> None:
    app.book()
    reported = app.pages.get("/metrics")
    assert reported.headers["Content-Type"].startswith("application/openmetrics-text")
    assert "apd_publication_due 1\n" in reported.text
    app.publish()
    assert "apd_publication_published 1\n" in app.pages.get("/metrics").text


REFUSED = [
    ({"starts": "soon", "minutes": 30, "reason": "Kontrol"}, "Udfyld alle felter"),
    ({"starts": "2027-03-04T10:15", "minutes": 0, "reason": "Kontrol"}, "Udfyld alle felter"),
    ({"starts": "2027-03-04T10:15", "minutes": 30}, "Udfyld alle felter"),
    ({"starts": "2027-03-04T10:15", "minutes": 30, "reason": "\x01"}, "Reason.text"),
    ({"starts": "2027-03-28T02:30", "minutes": 30, "reason": "Kontrol"}, "vælg et andet tidspunkt"),
]


@pytest.mark.parametrize(("fields", "stated"), REFUSED)
def test_what_no_document_can_say_is_refused_at_once(app: App, fields: Any, stated: str) -> None:
    page = app.post(f"{VERA}/bookings", **fields)
    assert page.status_code == 400
    assert stated in page.text
    assert "Der er ingen aftaler" in app.pages.get(VERA).text


def test_what_is_written_stays_text(app: App) -> None:
    app.book(reason="<b>Kontrol</b>")
    assert "&lt;b&gt;Kontrol" in app.pages.get(VERA).text


def test_nothing_there(app: App) -> None:
    for path in ("/patients/3", "/patients/3/overview", "/elsewhere", "/docs"):
        assert app.pages.get(path).status_code == 404
    assert app.post("/bookings/00000000-0000-0000-0000-000000000001/cancel").status_code == 404


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.FAULT, Fault.REFUSE, Fault.PARTIAL_SUCCESS])
def test_no_overview_is_better_than_half_of_one(app: App, fault: Fault) -> None:
    app.book()
    app.publish()
    for transaction in (Transaction.QUERY, Transaction.RETRIEVE):
        app.registry.order(fault, transaction=transaction)
        page = app.pages.get(f"{VERA}/overview")
        assert (page.status_code, "Prøv igen" in page.text) == (503, True), transaction
    assert app.pages.get(f"{VERA}/overview").status_code == 200


def test_what_is_withheld_is_reported(app: App) -> None:
    app.book()
    app.publish()
    app.registry.order(Fault.CONSENT_FILTER, transaction=Transaction.QUERY)
    page = app.pages.get(f"{VERA}/overview")
    assert page.status_code == 200
    assert "Kontrol" not in page.text


def test_mapping_and_post_are_short(parts) -> None:
    mapping = inspect.getsource(parts.publishing.to_booking)
    post = inspect.getsource(parts.publishing.Publication.publisher)
    assert len(f"{mapping}{post}".splitlines()) < 90
    assert [one.name for one in ast.parse(mapping).body] == ["to_booking"]


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    missing = browsing.missing()
    if missing is not None:
        pytest.skip(missing)
    with browsing.browser() as started:
        yield started


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def started(environment, tmp_path) -> Iterator[Callable[..., str]]:
    """Starts the application by its command, and gives its address."""
    processes = []

    def start(*arguments: str) -> str:
        port = free_port()
        command = [sys.executable, str(FOLDER / "main.py"), "--port", str(port), *arguments]
        processes.append(subprocess.Popen(command, cwd=tmp_path, env=environment))
        address = f"http://127.0.0.1:{port}"

        def is_there() -> bool:
            assert processes[-1].poll() is None
            try:
                return httpx.get(address, verify=False).status_code == 200
            except httpx.TransportError:
                return False

        wait_for(is_there)
        return address

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(IN_TIME)


@pytest.mark.slow
def test_in_a_browser(browser, started, running, tmp_path) -> None:
    running.clear()
    address = started("--every", "0.2", "--registry", running.url, "--data", str(tmp_path / "d"))
    context = browser.new_context(locale="da-DK", accept_downloads=True)
    page = context.new_page()
    reported: list[str] = []
    page.on("pageerror", lambda error: reported.append(str(error)))

    def shown() -> list[str]:
        return shown_by(running)

    def overview() -> str:
        page.get_by_role("link", name="Aftaleoversigt").click()
        text: str = page.locator("main").inner_text()
        page.go_back()
        return text

    page.goto(address)
    page.get_by_role("link", name="Vera Lykke Skovsang").click()
    new = page.get_by_role("form", name="Ny aftale")
    new.get_by_label("Tidspunkt").fill(in_a_year("10:15"))
    new.get_by_label("Årsag").fill("Kontrol af knæ")
    new.get_by_role("button", name="Opret aftale").click()
    wait_for(lambda: shown() == [in_a_year("10:15")])
    page.reload()
    assert page.get_by_role("cell", name="Publiceret").is_visible()
    assert "Kontrol af knæ" in overview()

    form = page.get_by_role("form", name="Flyt Kontrol af knæ")
    form.get_by_label("Tidspunkt").fill(in_a_year("13:00"))
    form.get_by_role("button", name="Flyt").click()
    wait_for(lambda: shown() == [in_a_year("13:00")])
    assert "13.00" in overview()

    with page.expect_download() as download:
        page.get_by_role("link", name="Kalender (.ics)").click()
    [event] = reading_ics.events(Path(download.value.path()).read_bytes().decode()).values()
    assert event.summary == "Kontrol af knæ"

    page.get_by_role("button", name="Aflys").click()
    wait_for(lambda: shown() == [])
    assert page.get_by_text("Aflyst.").is_visible()
    assert "Kontrol af knæ" not in overview()
    context.close()
    assert reported == []


@pytest.mark.slow
def test_one_command_is_enough(started) -> None:
    address = started("--every", "0.2")
    booked = {"starts": in_a_year("10:15"), "minutes": "30", "reason": "Kontrol"}
    httpx.post(f"{address}{VERA}/bookings", data=booked)
    wait_for(lambda: "Publiceret" in httpx.get(address + VERA).text)


@pytest.mark.slow
def test_data_without_a_registry_that_remembers_is_refused(tmp_path, environment) -> None:
    command = [sys.executable, str(FOLDER / "main.py"), "--data", str(tmp_path / "data")]
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "--registry" in done.stderr
    assert "Traceback" not in done.stderr
