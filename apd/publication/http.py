"""``post`` for a :class:`apd.publication.Publisher`, over ``httpx`` (the extra ``http``).

::

    import httpx
    from apd.publication import Publisher
    from apd.publication.http import HttpPost

    context = ssl.create_default_context()
    context.load_cert_chain("system.crt", "system.key")  # mutual TLS
    with httpx.Client(verify=context, timeout=30) as client:
        post = HttpPost(client, registry=REGISTRY_URL, repository=REPOSITORY_URL)
        run = Publisher(register, post, key=key, producer=configuration).run(bookings)

The client is yours, with its certificates, time limits and proxies. A message is repeated only if
this is safe: a query whenever there is no answer, a submission only if no connection was made.
Redirections are not followed, whatever the settings of the client.
"""

import time
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.limits import MAX_REPLY_BYTES
from apd.model.validators import field_name, is_a
from apd.publication.messages import NoReplyError, Reply
from apd.wording import Wording
from apd.xds import Message, Transaction

if TYPE_CHECKING:
    import httpx


def _is_url(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    import httpx

    is_a(str)(instance, attribute, value)
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er ikke en webadresse", "is not a web address"),
            Wording("angiv https://…", "specify https://…"),
        )


def _is_client(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    import httpx

    kind = httpx.AsyncClient if isinstance(instance, AsyncHttpPost) else httpx.Client
    is_a(kind)(instance, attribute, value)


@frozen
class _Addresses:
    """The addresses of messages, and the limits of repetitions."""

    registry: str = field(kw_only=True, validator=_is_url)
    repository: str = field(kw_only=True, validator=_is_url)
    repeats: int = field(kw_only=True, default=2, validator=is_a(int))
    seconds: float = field(kw_only=True, default=60.0, validator=is_a(int, float))

    def request(self, message: Message) -> dict[str, Any]:
        """The arguments of a request."""
        of_the_repository = (Transaction.PROVIDE_AND_REGISTER, Transaction.RETRIEVE)
        is_for_repository = message.transaction in of_the_repository
        return {
            "method": "POST",
            "url": self.repository if is_for_repository else self.registry,
            "content": message.body,
            # decompressed content may be a thousand times larger
            "headers": {**message.headers, "Accept-Encoding": "identity"},
            "follow_redirects": False,
        }

    def may_repeat(self, message: Message, error: "httpx.TransportError") -> bool:
        """Whether a message without an answer may be sent again."""
        import httpx

        never_left = isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
        )
        return never_left or message.transaction in (Transaction.QUERY, Transaction.RETRIEVE)


class _Attempts:
    """The attempts to send a message, within the time limit."""

    def __init__(self, addresses: _Addresses, message: Message) -> None:
        self._addresses = addresses
        self._message = message
        self._left = addresses.repeats
        self._until = time.monotonic() + addresses.seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._until

    def another(self, error: "httpx.TransportError") -> bool:
        """Whether there is another attempt after one that failed."""
        self._left -= 1
        may_repeat = self._addresses.may_repeat(self._message, error)
        return self._left >= 0 and may_repeat and not self.is_over


class _Received:
    """An answer as it arrives, within its limits."""

    def __init__(self, response: "httpx.Response", attempts: _Attempts) -> None:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NoReplyError("the answer is compressed, which was not asked for")
        self._content_type = response.headers.get("Content-Type")
        self._attempts = attempts
        self._body = bytearray()

    def add(self, part: bytes) -> None:
        if len(self._body) + len(part) > MAX_REPLY_BYTES:
            raise NoReplyError("the answer is too large")
        if self._attempts.is_over:
            raise NoReplyError("the answer took too long")
        self._body += part

    def reply(self) -> Reply:
        return Reply(bytes(self._body), self._content_type)


@frozen
class HttpPost(_Addresses):
    """Posts messages; see :class:`apd.publication.Publisher`.

    Args:
        client: the client. Its time limit and ``seconds`` together must be below the publisher's
            lease.
        registry: URL for ITI-18, ITI-42 and ITI-57.
        repository: URL for ITI-41 and ITI-43.
        repeats: how often a message may be sent again if that is safe.
        seconds: the time limit for repetitions and for reading an answer.

    Raises:
        InvalidValue: an address is malformed, or the client is of another type.
    """

    client: "httpx.Client" = field(validator=_is_client)

    def __call__(self, message: Message) -> Reply:
        """Post a message.

        Raises:
            httpx.TransportError: no answer came.
            NoReplyError: it is compressed, comes too slowly, or is larger than
                :data:`apd.limits.MAX_REPLY_BYTES`.
        """
        import httpx

        attempts = _Attempts(self, message)
        while True:
            try:
                return self._posted(message, attempts)
            except httpx.TransportError as error:
                if not attempts.another(error):
                    raise

    def _posted(self, message: Message, attempts: _Attempts) -> Reply:
        with self.client.stream(**self.request(message)) as response:
            received = _Received(response, attempts)
            for part in response.iter_bytes():
                received.add(part)
        return received.reply()


@frozen
class AsyncHttpPost(_Addresses):
    """The same for :class:`apd.publication.AsyncPublisher`, with an ``httpx.AsyncClient``."""

    client: "httpx.AsyncClient" = field(validator=_is_client)

    async def __call__(self, message: Message) -> Reply:
        """Post a message; see :meth:`HttpPost.__call__`."""
        import httpx

        attempts = _Attempts(self, message)
        while True:
            try:
                return await self._posted(message, attempts)
            except httpx.TransportError as error:
                if not attempts.another(error):
                    raise

    async def _posted(self, message: Message, attempts: _Attempts) -> Reply:
        async with self.client.stream(**self.request(message)) as response:
            received = _Received(response, attempts)
            async for part in response.aiter_bytes():
                received.add(part)
        return received.reply()
