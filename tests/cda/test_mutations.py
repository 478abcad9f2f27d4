"""A written document after random edits: what is read of it is written back whole."""

from hypothesis import event, given

import apd
from tests.cda.comparison import assert_same
from tests.cda.mutating import Edited, edited_documents


@given(edited_documents())
def test_what_is_read_of_an_edited_document_is_written_back_whole(edited: Edited) -> None:
    try:
        document = apd.loads(edited.data)
    except apd.ParseError as error:
        event(error.findings[0].rule)
        return
    event(document.release)
    if document.release == apd.Release.V2_0_1:
        written = apd.dumps(document, check=False)
        assert_same(written, edited.data, any_order=edited.is_disordered)
