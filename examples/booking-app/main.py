"""A booking system that publishes: python examples/booking-app/main.py

It starts on the loopback address, with invented patients, and with a registry for tests beside it
unless the address of another is given. Nobody has to log in: it is to be read and copied from, not
to be put to use.
"""

import argparse
import logging
import secrets
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import clinic
import httpx
import pages
import tables
import uvicorn
from publishing import Publication
from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from apd.publication.http import HttpPost
from apd.testing.registry import RunningRegistry

LOOPBACK = "127.0.0.1"


def key_in(file: Path) -> bytes:
    """The key, made at the first start. In earnest it is kept elsewhere than the register."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(32))
    return file.read_bytes()


def open_publication(folder: Path, post: HttpPost) -> Publication:
    """All that is kept in a folder: the database, the register and the key."""
    folder.mkdir(parents=True, exist_ok=True)
    sessions = sessionmaker(tables.open_database(str(folder / "bookings.db")))
    with sessions() as session:
        if not session.scalar(select(func.count()).select_from(tables.Patient)):
            session.add_all(clinic.patients())
            session.commit()
    key = key_in(folder / "key")
    return Publication(sessions, post, register=folder / "published.db", key=key)


def main() -> None:
    """Run the application until it is interrupted."""
    parser = argparse.ArgumentParser(description="Et bookingsystem, der publicerer.")
    parser.add_argument("--port", type=int, default=8000, help="porten (8000)")
    parser.add_argument("--every", type=float, default=10, help="sekunder mellem kørsler (10)")
    parser.add_argument("--registry", help="adressen på et register; ellers startes et til test")
    parser.add_argument("--data", type=Path, help="mappen til data; kun sammen med --registry")
    given = parser.parse_args()
    if given.data and not given.registry:
        parser.error("registret til test glemmer alt: angiv også --registry, eller udelad --data")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with ExitStack() as stack:
        registry = given.registry or stack.enter_context(RunningRegistry()).url
        folder = given.data or Path(stack.enter_context(TemporaryDirectory()))
        client = stack.enter_context(httpx.Client(timeout=20))
        post = HttpPost(client, registry=registry, repository=registry)
        app = pages.make_app(open_publication(folder, post), given.every)
        print(f"http://{LOOPBACK}:{given.port}  (register: {registry})", flush=True)
        uvicorn.run(app, host=LOOPBACK, port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
