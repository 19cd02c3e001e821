"""Many freedoms at once, as servers take them that somebody else has written."""

from .absent_records import (
    FindsNoUnknownRecord,
    FindsNoUnknownRecordByItsPath,
    ForbidsUnknownRecords,
    HidesForeignRecordsWith403,
)
from .accounts import DeletesNoCustomers, OffersNoDelete
from .answers_to_writes import (
    AnswersDeletesWithAnArray,
    AnswersDeletesWithNothing,
    AnswersDeletesWithNull,
)
from .asking import (
    DoesNotMindLetterCase,
    HasNoPutInCollections,
    RefusesOtherTypes,
    ServesPartsOfVersions,
    TakesExactTypesOnly,
    TakesSuffixesOnTheLastName,
    TakesTheFirstType,
    ToleratesSlashes,
)
from .callers import IsCalledMeanwhile
from .challenges import (
    AnswersOtherUrisWith401,
    HasOddNonces,
    LetsDigestsBeRepeated,
    NamesTheNextNonce,
    OffersMd5First,
    OffersNoQopAndKeepsNonces,
    OffersSha256First,
    OffersTwoQops,
    TakesNoncesOnce,
    WritesChallengesItsOwnWay,
)
from .connections import (
    AnswersHeadAsGet,
    AnswersInChunks,
    AnswersOptions,
    ClosesConnections,
    CompressesWhereAsked,
    HelpsCaches,
    RedirectsPlainHttp,
    SaysNotImplemented,
    SetsCookies,
    TalksOfItself,
    WritesFieldNamesInSmallLetters,
)
from .json_text import (
    CallsXmlText,
    EscapesJson,
    IndentsJson,
    NamesNoCharset,
    ShufflesMembers,
    SurroundsJsonWithSpace,
)
from .overriding import (
    IgnoresOtherOverrides,
    LetsTheHeaderWin,
    OverridesByAnyMethod,
    OverridesInTheBody,
)
from .pages import (
    BoundsPages,
    CountsAnEmptyPage,
    FindsNoPageBeyondTheLast,
    HasPagesOf100AtMost,
    ListsByName,
    ListsNewestFirst,
    PagesEverything,
    TellsMoreOfPages,
)
from .parameters import (
    IgnoresUndefinedCustomFields,
    LetsThePathWin,
    MergesQueryAndBody,
    RefusesRepeatedParameters,
    RefusesUnknownParameters,
    ReplacesWhatItCannotRead,
    TakesEmptyNames,
    TakesTheFirstOfTwo,
)
from .records import (
    AddsFields,
    CountsRevisions,
    HasVeryLongIds,
    ListsLess,
    NamesRecordsByUuid,
    ShowsAddressesOfUsers,
)
from .refusals import (
    ExplainsInHtml,
    ExplainsInJsonOnly,
    ExplainsInPlainText,
    SaysWhatItRefusesInObjects,
)
from .request_data import (
    TakesJsonToCreate,
    TakesNoJson,
    UnsetsByNull,
)
from .xml_text import (
    AddsAttributes,
    CallsRecordsItems,
    CommentsXml,
    DeclaresXmlItsOwnWay,
    IndentsXml,
    NamesNothingAsSchemasDo,
    TellsNoPagesInXml,
    TellsPagesInAttributes,
    WritesCharacterData,
    WritesEmptyElementsTheOtherWay,
    WritesReferences,
)


class EscapesMergesAndIsLenient(
    EscapesJson,
    SurroundsJsonWithSpace,
    CallsXmlText,
    WritesReferences,
    WritesEmptyElementsTheOtherWay,
    SetsCookies,
    TalksOfItself,
    MergesQueryAndBody,
    ReplacesWhatItCannotRead,
    IgnoresUndefinedCustomFields,
    OverridesInTheBody,
    BoundsPages,
    FindsNoUnknownRecordByItsPath,
    AnswersDeletesWithAnArray,
    LetsDigestsBeRepeated,
    in_a_whole_run=True,
):
    """Escapes what it need not, takes what it can from wherever it comes, and sets cookies."""


class IndentsChunksAndIsStrict(
    IndentsJson,
    IndentsXml,
    NamesNothingAsSchemasDo,
    DeclaresXmlItsOwnWay,
    AnswersInChunks,
    HelpsCaches,
    OffersTwoQops,
    OffersSha256First,
    AnswersOtherUrisWith401,
    RefusesOtherTypes,
    RefusesUnknownParameters,
    RefusesRepeatedParameters,
    TakesSuffixesOnTheLastName,
    ForbidsUnknownRecords,
    AnswersDeletesWithNothing,
    ShowsAddressesOfUsers,
    deviates="odd-query-is-served",
    in_a_whole_run=True,
):
    """Writes for people and in chunks, and refuses whatever is not quite right."""


class NamesByUuidAndShowsTheLeast(
    NamesRecordsByUuid,
    ListsLess,
    ListsByName,
    ShufflesMembers,
    CallsRecordsItems,
    TellsNoPagesInXml,
    WritesFieldNamesInSmallLetters,
    CompressesWhereAsked,
    TakesNoJson,
    OffersNoDelete,
    HasNoPutInCollections,
    OverridesByAnyMethod,
    FindsNoUnknownRecord,
    ExplainsInPlainText,
    TakesNoncesOnce,
    SaysNotImplemented,
    in_a_whole_run=True,
):
    """Has UUIDs for ids, shows little in lists, in no order of fields, and deletes nothing."""


class AddsFieldsAndTellsPagesEverywhere(
    AddsFields,
    CountsRevisions,
    PagesEverything,
    TellsMoreOfPages,
    TellsPagesInAttributes,
    CountsAnEmptyPage,
    HasPagesOf100AtMost,
    ListsNewestFirst,
    CommentsXml,
    AddsAttributes,
    WritesChallengesItsOwnWay,
    HasOddNonces,
    NamesTheNextNonce,
    TakesJsonToCreate,
    LetsTheHeaderWin,
    ExplainsInHtml,
    RedirectsPlainHttp,
    deviates="pagesize-at-its-bounds-is-taken",
    in_a_whole_run=True,
):
    """Has fields, pages, attributes and comments wherever something can be added."""


class IgnoresCaseAndAnswersEveryMethod(
    DoesNotMindLetterCase,
    ToleratesSlashes,
    AnswersHeadAsGet,
    AnswersOptions,
    ServesPartsOfVersions,
    TakesTheFirstType,
    TakesTheFirstOfTwo,
    TakesEmptyNames,
    LetsThePathWin,
    UnsetsByNull,
    IgnoresOtherOverrides,
    FindsNoPageBeyondTheLast,
    HidesForeignRecordsWith403,
    DeletesNoCustomers,
    ClosesConnections,
    OffersMd5First,
    SaysWhatItRefusesInObjects,
    in_a_whole_run=True,
):
    """Takes paths, methods and values in whatever way they are written, and ignores the rest."""


class IsBusyAndHasLongIds(
    IsCalledMeanwhile,
    HasVeryLongIds,
    OffersNoQopAndKeepsNonces,
    NamesNoCharset,
    TakesExactTypesOnly,
    WritesCharacterData,
    ExplainsInJsonOnly,
    AnswersDeletesWithNull,
    deviates="xml-where-nothing-else-is-accepted refusal-is-no-json-where-xml-is-asked-for",
    in_a_whole_run=True,
):
    """Is used by many at the same time, and gives out ids that no integer of 32 bits holds."""
