"""Many freedoms at once: refusing whatever is odd, taking whatever comes, offering the least."""

from .absent_records import (
    FindsNoUnknownParent,
    RefusesUnknownRecordsAsInvalid,
)
from .accounts import (
    HasNeitherSourcesNorUsers,
    HasNoCalls,
    HasNoGreetingsOfTheSystem,
    ReadsGreetingsOnly,
)
from .answers_to_writes import AnswersDeletesWithAnObject, AnswersDeletesWithTheRecord
from .asking import (
    ChecksTheValuesFirst,
    CreatesAtARecord,
    ReadsAPageBehindAnAmpersand,
    RefusesOtherTypesAsInvalid,
    RefusesPostsAtARecordAsInvalid,
    RefusesUnknownVersions,
    RefusesWordsAsInvalid,
    ShowsLessInOlderVersions,
    TakesSuffixesOnTheFirstName,
)
from .json_text import AddsToTheEnvelope, PutsTheRecordsFirst, WritesTypesInCapitals
from .overriding import AllowsNoOtherOverride, ImplementsNoOtherOverride, RefusesTwoOverrides
from .pages import (
    HasOnePageSize,
    LeavesBothEndsOut,
    PagesCallsOnly,
    ReadsNewestFirstByItsPresence,
    RefusesPageSizes,
)
from .parameters import (
    CutsLongValues,
    FindsNothingByOddValues,
    LetsCustomersShareNumbers,
    LetsTheParameterWin,
    LooksAtAddresses,
    LooksForIdsOfPutsInTheBody,
    RefusesBodiesOfReads,
    RefusesPutsOfNothing,
    RefusesQueriesOfWrites,
    RefusesTakenNumbersWith403,
    RefusesToClear,
    TakesDeletesFromTheQueryOnly,
)
from .records import (
    ActivatesUsersAtOnce,
    HasRandomIds,
    KeepsCustomersInUse,
    KeepsDeletedSources,
    SharesIdsBetweenResources,
    ShowsWhatIsShown,
)
from .refusals import ExplainsInvalidRequestsOnly
from .request_data import (
    IgnoresNestedJson,
    TakesJsonForAForm,
    TakesNoNumbers,
)
from .xml_text import (
    BeginsXmlWithAByteOrderMark,
    DeclaresADocumentType,
    DeclaresNoXml,
    EndsXmlLinesAsWindowsDoes,
    OrdersXmlFieldsOtherwise,
    RepeatsArrays,
    RepeatsTheName,
    TellsPagesTogether,
    WrapsPingsAndErrors,
)


class RefusesWhateverIsOdd(
    RefusesOtherTypesAsInvalid,
    RefusesPostsAtARecordAsInvalid,
    RefusesUnknownVersions,
    RefusesWordsAsInvalid,
    ChecksTheValuesFirst,
    AllowsNoOtherOverride,
    RefusesTwoOverrides,
    RefusesPageSizes,
    LooksAtAddresses,
    LooksForIdsOfPutsInTheBody,
    RefusesBodiesOfReads,
    RefusesPutsOfNothing,
    RefusesQueriesOfWrites,
    RefusesTakenNumbersWith403,
    RefusesToClear,
    TakesDeletesFromTheQueryOnly,
    TakesNoNumbers,
    FindsNoUnknownParent,
    KeepsCustomersInUse,
    RefusesUnknownRecordsAsInvalid,
    ExplainsInvalidRequestsOnly,
    DeclaresNoXml,
    OrdersXmlFieldsOtherwise,
    in_a_whole_run=True,
):
    """Refuses whatever the document lets it refuse, and explains what is invalid only."""


class TakesWhateverComes(
    CreatesAtARecord,
    ReadsAPageBehindAnAmpersand,
    AddsToTheEnvelope,
    PutsTheRecordsFirst,
    WritesTypesInCapitals,
    ImplementsNoOtherOverride,
    HasOnePageSize,
    LeavesBothEndsOut,
    ReadsNewestFirstByItsPresence,
    CutsLongValues,
    FindsNothingByOddValues,
    IgnoresNestedJson,
    LetsCustomersShareNumbers,
    LetsTheParameterWin,
    ActivatesUsersAtOnce,
    HasRandomIds,
    KeepsDeletedSources,
    AnswersDeletesWithTheRecord,
    BeginsXmlWithAByteOrderMark,
    EndsXmlLinesAsWindowsDoes,
    RepeatsArrays,
    TellsPagesTogether,
    WrapsPingsAndErrors,
    in_a_whole_run=True,
):
    """Takes whatever the document lets it take, and gives out ids in no order."""


class OffersTheLeast(
    HasNeitherSourcesNorUsers,
    HasNoCalls,
    HasNoGreetingsOfTheSystem,
    ReadsGreetingsOnly,
    ShowsLessInOlderVersions,
    ShowsWhatIsShown,
    TakesSuffixesOnTheFirstName,
    PagesCallsOnly,
    TakesJsonForAForm,
    SharesIdsBetweenResources,
    AnswersDeletesWithAnObject,
    DeclaresADocumentType,
    RepeatsTheName,
    deviates="broken-json-is-400",
    in_a_whole_run=True,
):
    """Offers what the document shows and nothing beyond it, to an account that nobody calls."""
