"""The registry over HTTP: the same answers, and what goes wrong with the connection."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from apd import xds
from apd.limits import MAX_MESSAGE_BYTES
from apd.testing.hooks import apd_registry as apd_registry
from apd.testing.registry import Fault, Received, RunningRegistry, Transaction
from apd.testing.registry.__main__ import line, main
from tests.places import ROOT
from tests.testing.messages import header, provided
from tests.testing.test_registry import CPR, DATA, FIRST, OF_FIRST
from tests.xds.making import SECRETS

SECONDS = 10
FIND = xds.query(xds.find_documents(CPR), header())
Answer = tuple[int, str, bytes]


def connect(registry: RunningRegistry, seconds: float = SECONDS) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(registry.url.removeprefix("http://"), timeout=seconds)


def send(registry, message: xds.Message, seconds: float = SECONDS) -> Answer:
    """What is answered to a message that is posted."""
    with closing(connect(registry, seconds)) as connection:
        connection.request("POST", "/dros/iti41", message.body, message.headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()


def publish() -> xds.Message:
    return provided(OF_FIRST, DATA)


# --- the same as without a connection --------------------------------------------------------


def test_published_found_and_fetched(apd_registry) -> None:
    status, content_type, body = send(apd_registry, publish())
    assert status == 200
    assert xds.read_response(body, content_type).succeeded
    _, content_type, body = send(apd_registry, FIND)
    found = xds.read_query_response(body, content_type).entries
    assert found == apd_registry.approved(CPR)
    _, content_type, body = send(apd_registry, xds.retrieve(found, header()))
    fetched = xds.read_retrieved(body, content_type).document(found[0])
    assert fetched.data == DATA
    assert xds.check_retrieved(fetched.data, found[0]).is_valid


def test_one_connection_for_many_messages(apd_registry) -> None:
    with closing(connect(apd_registry)) as connection:
        for _ in range(3):
            connection.request("POST", "/", FIND.body, FIND.headers)
            answer = connection.getresponse()
            assert xds.read_query_response(answer.read()).succeeded
    assert apd_registry.count(Transaction.QUERY) == 3


def test_a_message_in_chunks(apd_registry) -> None:
    message = publish()
    pieces = (message.body[at : at + 700] for at in range(0, len(message.body), 700))
    with closing(connect(apd_registry)) as connection:
        connection.request("POST", "/", pieces, message.headers, encode_chunked=True)
        assert xds.read_response(connection.getresponse().read()).succeeded
    assert list(apd_registry.documents.values()) == [DATA]


def test_two_at_a_time() -> None:
    with RunningRegistry() as one, RunningRegistry() as other:
        send(one, publish())
        assert one.url != other.url
        assert (one.count(), other.count()) == (1, 0)


# --- what goes wrong -------------------------------------------------------------------------


def test_the_connection_is_dropped_when_the_message_is_accepted(apd_registry) -> None:
    apd_registry.order(Fault.LOSE_ANSWER)
    with pytest.raises(http.client.RemoteDisconnected):
        send(apd_registry, publish())
    assert len(apd_registry.approved()) == 1


def test_no_answer_comes(apd_registry) -> None:
    apd_registry.order(Fault.TIME_OUT, seconds=SECONDS)
    with pytest.raises(TimeoutError):
        send(apd_registry, publish(), seconds=0.2)
    assert apd_registry.entries == ()


def test_the_connection_is_dropped_at_last(apd_registry) -> None:
    apd_registry.order(Fault.TIME_OUT, seconds=0)
    with pytest.raises(http.client.RemoteDisconnected):
        send(apd_registry, publish())


def test_an_answer_that_is_late(apd_registry) -> None:
    apd_registry.order(Fault.SLOW, seconds=SECONDS)
    with pytest.raises(TimeoutError):
        send(apd_registry, FIND, seconds=0.2)


@pytest.mark.parametrize(("fault", "status"), [(Fault.HTML, 502), (Fault.FAULT, 500)])
def test_other_answers(apd_registry, fault, status) -> None:
    apd_registry.order(fault)
    assert send(apd_registry, publish())[0] == status
    assert apd_registry.entries == ()


def test_it_ends_while_somebody_waits() -> None:
    with RunningRegistry() as registry:
        registry.order(Fault.TIME_OUT, seconds=SECONDS)
        with closing(connect(registry)) as connection:
            connection.request("POST", "/", FIND.body, FIND.headers)
            while not registry.received:
                time.sleep(0.01)
            registry.close()
            with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
                connection.getresponse()


# --- requests that are none ------------------------------------------------------------------

REQUESTS = [
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
    (b"POST / HTTP/1.1\r\nHost: x\r\n\r\n", 411),
    (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 411),
    (b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (MAX_MESSAGE_BYTES + 1), 413),
    (b"POST / HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000), 413),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\n", 400),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n" % (b"f" * 500), 413),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n<a/>", 400),
]


@pytest.mark.parametrize(("request_bytes", "status"), REQUESTS)
def test_requests_that_are_none(apd_registry, request_bytes, status) -> None:
    with closing(connect(apd_registry)) as connection:
        connection.connect()
        connection.sock.sendall(request_bytes)
        first = connection.sock.recv(100)
    assert first.startswith(b"HTTP/1.1 %d" % status)


def test_a_client_that_goes_away_is_nothing_to_tell(apd_registry, capfd) -> None:
    with closing(connect(apd_registry)) as connection:
        connection.connect()
        connection.sock.sendall(b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n<a>")
    assert send(apd_registry, FIND)[0] == 200
    assert capfd.readouterr() == ("", "")


# --- run by hand -----------------------------------------------------------------------------

SUCCESS, PARTIAL = xds.ResponseStatus.SUCCESS, xds.ResponseStatus.PARTIAL_SUCCESS
FAILURE = xds.ResponseStatus.FAILURE
PROVIDED = Transaction.PROVIDE_AND_REGISTER
LINES = [
    (Received(PROVIDED, SUCCESS, (), ("1.2^3",)), "ITI-41  godtaget  1.2^3", "accepted"),
    (Received(Transaction.QUERY, PARTIAL, ("X",)), "ITI-18  delvist godtaget  X", "in part"),
    (Received(Transaction.UPDATE, FAILURE, ("X",)), "ITI-57  afvist  X", "refused"),
    (Received(Transaction.RETRIEVE, None), "ITI-43  ikke besvaret", "not answered"),
    (Received(PROVIDED, SUCCESS, (), ("\x9b2J",)), "ITI-41  godtaget  ?2J", "?2J"),
    (Received(None, None), "ikke forstået", "not understood"),
    (Received(PROVIDED, SUCCESS, (), ("0503129900",)), "ITI-41  godtaget  050312-****", "****"),
]


@pytest.mark.parametrize(("received", "da", "en"), LINES)
def test_what_is_reported_of_a_message(received, da, en) -> None:
    assert line(received, "da") == da
    assert en in line(received, "en")


@pytest.mark.parametrize("given", [["--port", "x"], ["--port", "99999"], ["--what"], ["x"]])
def test_arguments_that_are_wrong(given, capsys, monkeypatch) -> None:
    monkeypatch.setenv("APD_LANG", "en")
    assert main(given) == 2
    assert capsys.readouterr() == ("", "The arguments cannot be used. See --help.\n")


@pytest.mark.parametrize(("language", "word"), [("da", "Brug:"), ("en", "Usage:")])
def test_help(language, word, capsys) -> None:
    assert main(["--help", "--lang", language]) == 0
    assert capsys.readouterr().out.startswith(word)


def test_an_address_that_is_taken(apd_registry, capsys) -> None:
    port = apd_registry.url.rpartition(":")[2]
    assert main(["--port", port, "--lang", "en"]) == 1
    assert "Choose another port" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted otherwise")
def test_run_by_hand() -> None:
    """It tells its address and each message, nothing of the patient, and ends when interrupted."""
    command = [sys.executable, "-m", "apd.testing.registry", "--lang", "en"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment
    )
    try:
        first = process.stdout.readline()
        host = re.fullmatch(r"The registry listens on http://(127\.0\.0\.1:\d+)\n", first)[1]
        with closing(http.client.HTTPConnection(host, timeout=SECONDS)) as connection:
            message = publish()
            connection.request("POST", "/", message.body, message.headers)
            assert connection.getresponse().status == 200
        second = process.stdout.readline()
    finally:
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=SECONDS)
    assert second == f"ITI-41  accepted  1.2.208.184^{FIRST.id.value}\n"
    assert (process.returncode, rest.strip(), errors) == (0, "", "")
    assert not any(secret in first + second for secret in SECRETS)
