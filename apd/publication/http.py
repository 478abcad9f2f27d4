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

The client is yours, with its certificates, time limits and proxies. What is sent is repeated only
where it is safe: a query whenever no answer came, a submission only where no connection was made.
"""

from typing import TYPE_CHECKING

from attrs import field, frozen

from apd.limits import MAX_REPLY_BYTES
from apd.publication.messages import NoReplyError, Reply
from apd.xds import Message, Transaction

if TYPE_CHECKING:
    import httpx


@frozen
class _Addresses:
    """Where messages go.

    Args:
        client: sends them. It must give up well before the publisher's lease is over.
        registry: URL for ITI-18, ITI-42 and ITI-57.
        repository: URL for ITI-41 and ITI-43.
        repeats: how often a message is sent again that may safely be.
    """

    registry: str = field(kw_only=True)
    repository: str = field(kw_only=True)
    repeats: int = field(kw_only=True, default=2)

    def url(self, message: Message) -> str:
        of_the_repository = (Transaction.PROVIDE_AND_REGISTER, Transaction.RETRIEVE)
        return self.repository if message.transaction in of_the_repository else self.registry

    def may_repeat(self, message: Message, error: "httpx.TransportError") -> bool:
        import httpx

        never_left = isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
        )
        return never_left or message.transaction in (Transaction.QUERY, Transaction.RETRIEVE)


def _joined(parts: list[bytes], part: bytes) -> int:
    parts.append(part)
    size = sum(map(len, parts))
    if size > MAX_REPLY_BYTES:
        raise NoReplyError("the answer is too large")
    return size


@frozen
class HttpPost(_Addresses):
    """Posts messages; see :class:`apd.publication.Publisher`.

    Args:
        client: sends them. It must give up well before the publisher's lease is over.
        registry: URL for ITI-18, ITI-42 and ITI-57.
        repository: URL for ITI-41 and ITI-43.
        repeats: how often a message is sent again that may safely be.
    """

    client: "httpx.Client"

    def __call__(self, message: Message) -> Reply:
        """Post a message.

        Raises:
            httpx.TransportError: no answer came.
            NoReplyError: it is larger than :data:`apd.limits.MAX_REPLY_BYTES`.
        """
        import httpx

        for left in reversed(range(self.repeats + 1)):
            try:
                return self._posted(message)
            except httpx.TransportError as error:
                if not left or not self.may_repeat(message, error):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _posted(self, message: Message) -> Reply:
        parts: list[bytes] = []
        with self.client.stream(
            "POST", self.url(message), content=message.body, headers=message.headers
        ) as response:
            for part in response.iter_bytes():
                _joined(parts, part)
            return Reply(b"".join(parts), response.headers.get("Content-Type"))


@frozen
class AsyncHttpPost(_Addresses):
    """The same for :class:`apd.publication.AsyncPublisher`.

    Args:
        client: sends them. It must give up well before the publisher's lease is over.
        registry: URL for ITI-18, ITI-42 and ITI-57.
        repository: URL for ITI-41 and ITI-43.
        repeats: how often a message is sent again that may safely be.
    """

    client: "httpx.AsyncClient"

    async def __call__(self, message: Message) -> Reply:
        """Post a message; see :meth:`HttpPost.__call__`."""
        import httpx

        for left in reversed(range(self.repeats + 1)):
            try:
                return await self._posted(message)
            except httpx.TransportError as error:
                if not left or not self.may_repeat(message, error):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _posted(self, message: Message) -> Reply:
        parts: list[bytes] = []
        async with self.client.stream(
            "POST", self.url(message), content=message.body, headers=message.headers
        ) as response:
            async for part in response.aiter_bytes():
                _joined(parts, part)
            return Reply(b"".join(parts), response.headers.get("Content-Type"))
