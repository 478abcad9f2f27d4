"""Messages posted over ``httpx``, awaited or not, to the registry for tests and to worse ones."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

import apd
from apd import xds
from apd.publication import AsyncPublisher, Booking, MemoryRegister, Publisher, Reply, Run
from apd.publication.http import AsyncHttpPost, HttpPost
from apd.publication.messages import NoReplyError
from apd.testing.registry import Fault, RunningRegistry, Transaction
from tests.awaiting import awaited
from tests.publication.making import KEY, MINUTE, NOW, booking, cancelled, moved
from tests.publication.publishing import PRODUCER, results

SUBMIT, UPDATE, ASK = Transaction.PROVIDE_AND_REGISTER, Transaction.UPDATE, Transaction.QUERY
FETCH = Transaction.RETRIEVE
URL = "http://127.0.0.1:1/"
SHORT = 0.3
"""How many seconds a client waits for what does not come."""

Settings = dict[str, Any]
NONE: Settings = {}
CERTIFICATES: Settings = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
"""None, as reading those of the system takes time."""


def header() -> xds.SoapHeader:
    return xds.SoapHeader(message_id=uuid4())


def question() -> xds.Message:
    """Asks for a document; nothing is changed by it."""
    return xds.query(xds.get_documents(unique_ids=[apd.MedComId(uuid4())]), header())


def submission() -> xds.Message:
    """Something that changes what the registry has."""
    document = apd.load("examples/documents/hospital-visit.xml")
    entry = xds.document_entry(document, PRODUCER, entry_uuid=uuid4())
    sent = xds.publish(entry, xds.submission_set(entry, PRODUCER, now=NOW, id=uuid4()))
    return xds.provide_and_register(sent, apd.dumps(document), header())


@pytest.fixture(scope="module")
def running() -> Iterator[RunningRegistry]:
    with RunningRegistry() as registry:
        yield registry


@pytest.fixture
def registry(running) -> RunningRegistry:
    running.clear()
    return running


class Twin:
    """One of the two adapters, called as if it was not awaited."""

    def __init__(self, is_awaited: bool) -> None:
        self.is_awaited = is_awaited

    def post(
        self, message: xds.Message, url: str = URL, client: Settings = NONE, **settings: Any
    ) -> Reply:
        """Post one message with a new client."""
        given = {"registry": url, "repository": url, **settings}
        if not self.is_awaited:
            with httpx.Client(**CERTIFICATES, **client) as one:
                return HttpPost(one, **given)(message)

        async def posted() -> Reply:
            async with httpx.AsyncClient(**CERTIFICATES, **client) as one:
                return await AsyncHttpPost(one, **given)(message)

        return awaited(posted())

    def runs(self, url: str, *nights: list[Booking], timeout: float = 20) -> list[Run]:
        """One run after the other, over one client and one register, three minutes apart."""
        register, times = MemoryRegister(), iter(range(0, 100, 3))
        settings: Settings = {"key": KEY, "producer": PRODUCER, "brake": None}
        addresses = {"registry": url + "/registry", "repository": url + "/repository"}

        def clock(minute: int) -> Settings:
            return {**settings, "clock": lambda: NOW + minute * MINUTE}

        if not self.is_awaited:
            with httpx.Client(**CERTIFICATES, timeout=timeout) as client:
                post = HttpPost(client, **addresses)
                return [
                    Publisher(register, post, **clock(minute)).run(night)
                    for night, minute in zip(nights, times, strict=False)
                ]

        async def run() -> list[Run]:
            async with httpx.AsyncClient(**CERTIFICATES, timeout=timeout) as client:
                post = AsyncHttpPost(client, **addresses)
                return [
                    await AsyncPublisher(register, post, **clock(minute)).run(night)
                    for night, minute in zip(nights, times, strict=False)
                ]

        return awaited(run())


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def twin(request) -> Twin:
    return Twin(request.param)


# --- a registry that follows the rules -----------------------------------------------------------


def test_published_moved_and_cancelled(twin: Twin, registry) -> None:
    first = booking()
    runs = twin.runs(registry.url, [first], [first], [moved(first)], [cancelled(first)])
    kinds = [results(run) for run in runs]
    assert kinds == [[("publish", "done")], [], [("replace", "done")], [("deprecate", "done")]]
    assert (registry.count(SUBMIT), registry.count(UPDATE), registry.count()) == (2, 1, 3)
    assert registry.approved() == ()


FAULTS = [
    # what goes wrong, what the run says, whether the message was accepted
    (Fault.REFUSE, "refused", False),
    (Fault.BUSY, "refused", False),
    (Fault.FAULT, "unanswered", False),
    (Fault.HTML, "unanswered", False),
    (Fault.TIME_OUT, "unanswered", False),
    (Fault.LOSE_ANSWER, "unanswered", True),
    (Fault.PARTIAL_SUCCESS, "unanswered", True),
]
KINDS = [
    ("publish", SUBMIT),
    pytest.param("replace", SUBMIT, marks=pytest.mark.slow),
    pytest.param("deprecate", UPDATE, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("fault", "outcome", "is_accepted"), FAULTS)
@pytest.mark.parametrize(("kind", "transaction"), KINDS)
def test_one_fault(
    registry, kind: str, transaction: Transaction, fault: Fault, outcome: str, is_accepted: bool
) -> None:
    first = booking()
    wanted = {"publish": first, "replace": moved(first), "deprecate": cancelled(first)}[kind]
    before = [] if kind == "publish" else [[first]]
    if kind == "replace":
        registry.order(Fault.SLOW, transaction=SUBMIT, seconds=0)  # the first goes well
    registry.order(fault, transaction=transaction, seconds=0)
    runs = Twin(False).runs(registry.url, *before, *[[wanted]] * 3)
    assert results(runs[len(before)]) == [(kind, outcome)]
    starts = [entry.service_start_time for entry in registry.approved()]
    assert starts == ([] if kind == "deprecate" else [wanted.starts])
    sent = registry.count(transaction) - (kind == "replace")
    assert sent == (1 if is_accepted else 2)  # nothing that was accepted is sent again


def test_faults_awaited(registry) -> None:
    first = booking()
    for fault in (Fault.LOSE_ANSWER, Fault.HTML, Fault.REFUSE):
        registry.clear()
        registry.order(fault, transaction=SUBMIT, seconds=0)
        runs = Twin(True).runs(registry.url, [first], [first], [first])
        assert len(registry.approved()) == 1, fault
        assert len(runs[0].outcomes) == 1


def test_a_slow_answer_is_waited_for(twin: Twin, registry) -> None:
    registry.order(Fault.SLOW, seconds=0.05)
    assert results(twin.runs(registry.url, [booking()])[0]) == [("publish", "done")]


def test_an_answer_that_comes_too_late_is_not_waited_for(registry) -> None:
    """It was not there when the registry was asked, and is accepted in the end: once."""
    registry.order(Fault.SLOW, transaction=SUBMIT, seconds=3 * SHORT)
    first = booking()
    runs = Twin(False).runs(registry.url, [first], [first], timeout=SHORT)
    assert results(runs[0]) == [("publish", "unanswered")]
    until = time.monotonic() + 20
    while registry.count(SUBMIT) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(registry.approved()) == len(registry.entries) == 1


def test_what_consent_withholds_is_not_taken_for_missing(twin: Twin, registry) -> None:
    registry.order(Fault.LOSE_ANSWER, transaction=SUBMIT)
    registry.order(Fault.CONSENT_FILTER, transaction=ASK)
    runs = twin.runs(registry.url, [booking()], [booking()], [booking()])
    assert [results(run) for run in runs] == [
        [("publish", "unanswered")],
        [("publish", "unanswered")],
        [("publish", "done")],
    ]
    assert registry.count(SUBMIT) == 1


def test_documents_come_in_a_package_and_are_read(twin: Twin, registry) -> None:
    twin.runs(registry.url, [booking(), booking(3)])
    message = xds.retrieve(registry.entries, header())
    reply = twin.post(message, registry.url)
    assert reply.content_type is not None
    assert reply.content_type.startswith("multipart/related")
    answer = xds.read_retrieved(reply.body, reply.content_type)
    for entry in registry.entries:
        came = answer.document(entry)
        assert came is not None
        assert came.data in registry.documents.values()
        assert xds.check_retrieved(came.data, entry).is_valid


def test_each_message_goes_to_its_own_address(twin: Twin) -> None:
    seen: list[tuple[str, str]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, request.headers["Content-Type"].partition(";")[0]))
        return httpx.Response(200, content=b"-")

    entry = xds.document_entry(
        apd.load("examples/documents/hospital-visit.xml"), PRODUCER, entry_uuid=uuid4()
    )
    gone = xds.deprecate(xds.submission_set(entry, PRODUCER, now=NOW, id=uuid4()), entry.entry_uuid)
    for message in (submission(), question(), xds.update(gone, header())):
        twin.post(
            message,
            client={"transport": httpx.MockTransport(handler)},
            registry="https://registry.example.com/xds",
            repository="https://repository.example.com/xds",
        )
    assert [host for host, _ in seen] == [
        "repository.example.com",
        "registry.example.com",
        "registry.example.com",
    ]
    assert seen[0][1] == "multipart/related"


# --- what is repeated ----------------------------------------------------------------------------

FAILURES = [
    # what goes wrong, how often a submission is sent, how often a query is
    (httpx.ConnectError, 3, 3),
    (httpx.ConnectTimeout, 3, 3),
    (httpx.PoolTimeout, 3, 3),
    (httpx.WriteError, 1, 3),
    (httpx.WriteTimeout, 1, 3),
    (httpx.ReadError, 1, 3),
    (httpx.ReadTimeout, 1, 3),
    (httpx.RemoteProtocolError, 1, 3),
    (httpx.CloseError, 1, 3),
]


@pytest.mark.parametrize(("error", "submissions", "queries"), FAILURES)
def test_only_what_is_safe_is_repeated(
    twin: Twin, error: type[httpx.TransportError], submissions: int, queries: int
) -> None:
    tries = 0

    def handler(_: httpx.Request) -> httpx.Response:
        nonlocal tries
        tries += 1
        raise error("it failed")

    client = {"transport": httpx.MockTransport(handler)}
    for message, count in ((submission(), submissions), (question(), queries)):
        tries = 0
        with pytest.raises(error):
            twin.post(message, client=client)
        assert tries == count
        tries = 0
        with pytest.raises(error):
            twin.post(message, client=client, repeats=0)
        assert tries == 1


def test_nothing_is_repeated_when_the_time_is_over(twin: Twin) -> None:
    tries = 0

    def handler(_: httpx.Request) -> httpx.Response:
        nonlocal tries
        tries += 1
        raise httpx.ConnectTimeout("it failed")

    with pytest.raises(httpx.ConnectTimeout):
        twin.post(question(), client={"transport": httpx.MockTransport(handler)}, seconds=-1)
    assert tries == 1


def test_a_registry_that_is_not_there(twin: Twin) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(httpx.ConnectError):
        twin.post(submission(), url)
    [run] = twin.runs(url, [booking(), booking(3), booking(4), booking(5)])
    assert (results(run), run.stopped) == ([("publish", "unanswered")] * 3, True)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT, Fault.LOSE_ANSWER])
def test_over_a_real_connection(twin: Twin, registry, fault: Fault) -> None:
    registry.order(fault, times=2, transaction=ASK, seconds=0)
    reply = twin.post(question(), registry.url)
    assert xds.read_query_response(reply.body, reply.content_type).succeeded
    assert registry.count(ASK) == 3
    registry.order(fault, transaction=SUBMIT, seconds=0)
    with pytest.raises(httpx.TransportError):
        twin.post(submission(), registry.url)
    assert registry.count(SUBMIT) == 1


# --- answers that are none -----------------------------------------------------------------------


def answering(response: Callable[[], httpx.Response]) -> Settings:
    return {"transport": httpx.MockTransport(lambda _: response())}


def test_an_answer_that_is_too_large_is_not_read_on(twin: Twin, registry, monkeypatch) -> None:
    twin.runs(registry.url, [booking()])
    message = xds.retrieve(registry.entries, header())
    size = len(twin.post(message, registry.url).body)
    monkeypatch.setattr("apd.publication.http.MAX_REPLY_BYTES", size + 8)  # ids vary
    assert twin.post(message, registry.url).body
    monkeypatch.setattr("apd.publication.http.MAX_REPLY_BYTES", size // 2)
    count = registry.count(FETCH)
    with pytest.raises(NoReplyError, match="too large"):
        twin.post(message, registry.url)
    assert registry.count(FETCH) == count + 1  # it would be as large again


def test_an_answer_without_an_end(twin: Twin, monkeypatch) -> None:
    monkeypatch.setattr("apd.publication.http.MAX_REPLY_BYTES", 10_000)
    read = 0

    class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal read
            while True:
                read += 1
                yield b"x" * 1000

        async def __aiter__(self):
            for part in self:
                yield part

    with pytest.raises(NoReplyError):
        twin.post(question(), client=answering(lambda: httpx.Response(200, stream=Endless())))
    assert read == 11


def test_an_answer_that_drips(twin: Twin) -> None:
    answer = answering(lambda: httpx.Response(200, content=b"a drop"))
    with pytest.raises(NoReplyError, match="too long"):
        twin.post(question(), client=answer, seconds=-1)


def test_nothing_is_unpacked(twin: Twin) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Accept-Encoding"])
        headers = {"Content-Encoding": "gzip"}
        return httpx.Response(200, headers=headers, content=gzip.compress(b" " * 1_000_000))

    with pytest.raises(NoReplyError, match="compressed"):
        twin.post(question(), client={"transport": httpx.MockTransport(handler)})
    assert asked == ["identity"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_message_is_sent_nowhere_else(twin: Twin, status: int) -> None:
    hosts: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(status, headers={"Location": "https://elsewhere.example.com/"})

    client = {"transport": httpx.MockTransport(handler), "follow_redirects": True}
    assert twin.post(submission(), client=client).body == b""
    assert hosts == ["127.0.0.1"]


# --- what it is made of --------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", "registry.example.com", "ftp://example.com", "http://", 1])
def test_an_address_that_is_none_is_refused_at_once(url: Any) -> None:
    for given in ({"registry": url, "repository": URL}, {"registry": URL, "repository": url}):
        with httpx.Client() as client, pytest.raises(apd.InvalidValue, match=r"HttpPost\.re"):
            HttpPost(client, **given)


def test_a_client_of_the_other_kind_is_refused_at_once() -> None:
    given = {"registry": URL, "repository": URL}
    with pytest.raises(apd.InvalidValue, match=r"HttpPost\.client"):
        HttpPost(httpx.AsyncClient(), **given)  # type: ignore[arg-type]
    with pytest.raises(apd.InvalidValue, match=r"AsyncHttpPost\.client"), httpx.Client() as client:
        AsyncHttpPost(client, **given)  # type: ignore[arg-type]
