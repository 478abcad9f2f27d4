"""One self-contained HTML page: an overview, or a single document (extra ``html``).

::

    from apd.overview import html

    text = html.page(shown)  # an Overview: list, week and month
    text = html.document_page(data)  # any document, valid or not

A page needs no network and no script; write it as UTF-8. Content of documents is always escaped.
See ``docs/showing.md``.
"""

from apd.overview.html.document import document_page
from apd.overview.html.overview import page

__all__ = ["document_page", "page"]
