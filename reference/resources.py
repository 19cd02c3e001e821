"""The resources: their places, methods, parameters and fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .representation import Value

CUSTOM_FIELD: Final = re.compile(r"custom_[0-9]+")
"""The names that custom fields have."""
FLAG: Final = ("0", "1")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter that a POST or a PUT may send."""

    name: str
    limit: int | None = None
    """The most characters that it may have."""
    choices: tuple[str, ...] = ()
    """The values that it may have; none stands for any."""
    fillable: bool = False
    """Whether it has to say something: then it may not be emptied."""
    nullable: bool = False
    """Whether the empty text unsets it."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """A resource, as far as it can be told in a table."""

    path: tuple[str, ...]
    methods: tuple[str, ...]
    id_name: str | None = None
    """The parameter and field that holds the id of a record."""
    parent: "Resource | None" = None
    paged: bool = False
    filters: tuple[str, ...] = ()
    """The parameters of GET that are compared with the field of the same name."""
    options: tuple[str, ...] = ()
    """The other parameters of GET, beside those of paging."""
    mandatory: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The parameters, beside the ids of the address, that a method cannot do without."""
    writable: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    """The parameters that a method writes."""
    custom_fields: tuple[str, ...] = ()
    blank: Mapping[str, Value] = field(default_factory=dict)
    """All fields of a record, in order, with the values that they have unless told otherwise."""

    @property
    def name(self) -> str:
        """The name in the envelope: the last segment of the path."""
        return self.path[-1]

    @property
    def address_names(self) -> tuple[str, ...]:
        """The id parameters of the parent and of the resource itself."""
        parents = self.parent.address_names if self.parent else ()
        return (*parents, self.id_name) if self.id_name else parents

    def parameters(self, method: str) -> frozenset[str]:
        """The parameters that a method knows, but for custom fields."""
        written = {each.name for each in self.writable.get(method, ())}
        if method != "GET":
            return frozenset(written.union(self.address_names))
        paging = PAGING if self.paged else ()
        return frozenset((*self.address_names, *self.filters, *self.options, *paging))


PAGING: Final = ("page", "pagesize")
NAME: Final = Field("name", limit=60, fillable=True)
MONTHLY_REPORT: Final = Field("receive_monthly_report", choices=("0", "1", "2"))
CUSTOMER: Final = Field("customer_id", fillable=True)

PING: Final = Resource(path=("miscellaneous", "ping"), methods=("GET",))

CUSTOMER_FIELDS: Final = (
    NAME,
    Field("custnr", limit=45, fillable=True),
    Field("corporateid", limit=40),
    Field("email", limit=150),
    MONTHLY_REPORT,
    Field("freespee_caller_id", choices=FLAG),
)

CUSTOMERS: Final = Resource(
    path=("customers",),
    methods=("GET", "POST", "PUT", "DELETE"),
    id_name="customer_id",
    paged=True,
    filters=("customer_id", "custnr"),
    mandatory={"POST": ("name", "custnr")},
    writable={"POST": CUSTOMER_FIELDS, "PUT": CUSTOMER_FIELDS},
    custom_fields=("custom_1", "custom_2"),
    blank={
        "customer_id": None,
        "name": "",
        "custnr": "",
        "corporateid": "",
        "email": "",
        "uuid": "",
        "custom_1": None,
        "custom_2": None,
        "dncs_class_name": "",
        "receive_monthly_report": "0",
        "freespee_caller_id": "0",
        "address_street": "",
        "address_zip": "",
        "address_city": "",
        "address_state": "",
        "address_country": "",
    },
)

GREETINGS: Final = Resource(
    path=("customers", "voicemail_greetings"),
    methods=("GET", "POST", "PUT", "DELETE"),
    id_name="vm_greeting_id",
    parent=CUSTOMERS,
    filters=("vm_greeting_id",),
    mandatory={"POST": ("name",), "PUT": ("name",)},
    writable={
        "POST": (Field("name", fillable=True),),
        "PUT": (Field("name", fillable=True),),
    },
    blank={
        "name": "",
        "timestamp": None,
        "datalength": "0",
        "locked": "0",
        "used_by": (),
        "customer_id": None,
        "vm_greeting_id": None,
        "sounddata": None,
    },
)

SOURCE_FIELDS: Final = (
    Field("name", fillable=True),
    Field("email", nullable=True),
    Field("smsnumber", nullable=True),
    Field("media", nullable=True),
    Field("phonenr", fillable=True),
    Field("timestamp", fillable=True),
    Field("expire", nullable=True),
    Field("vm_greeting_id", nullable=True),
    Field("notify_on_missed_call", choices=FLAG),
    Field("notify_on_new_voicemail", choices=FLAG),
    Field("vm_divert_all", choices=FLAG),
    Field("vm_divert_busy", choices=FLAG),
    Field("vm_divert_noanswer", choices=FLAG),
    Field("alt_numbers"),
)

SOURCES: Final = Resource(
    path=("sources",),
    methods=("GET", "POST", "PUT", "DELETE"),
    id_name="source_id",
    paged=True,
    filters=("source_id", "customer_id", "destnr", "campaign_id", "status", "class"),
    options=("custnr",),
    mandatory={"POST": ("customer_id", "name", "phonenr")},
    writable={"POST": (CUSTOMER, *SOURCE_FIELDS), "PUT": SOURCE_FIELDS},
    custom_fields=("custom_1", "custom_3"),
    blank={
        "source_id": None,
        "name": "",
        "email": None,
        "smsnumber": None,
        "media": None,
        "customer_id": None,
        "phonenr": "",
        "destnr": "",
        "timestamp": None,
        "expire": None,
        "created": None,
        "modified": None,
        "class": "0",
        "status": "active",
        "vm_greeting_id": None,
        "campaign_id": None,
        "publisher_id": None,
        "notify_on_missed_call": "0",
        "notify_on_new_voicemail": "0",
        "vm_divert_all": "0",
        "vm_divert_busy": "0",
        "vm_divert_noanswer": "0",
        "custom_1": None,
        "custom_3": None,
        "alt_numbers": (),
    },
)

USER_FIELDS: Final = (Field("name"), Field("write_access", choices=FLAG), MONTHLY_REPORT)

USERS: Final = Resource(
    path=("users",),
    methods=("GET", "POST", "PUT", "DELETE"),
    id_name="user_id",
    filters=("user_id", "customer_id"),
    mandatory={"POST": ("email", "customer_id")},
    writable={
        "POST": (Field("email", limit=60, fillable=True), CUSTOMER, *USER_FIELDS),
        "PUT": USER_FIELDS,
    },
    blank={
        "user_id": None,
        "name": "",
        "email": "",
        "write_access": "0",
        "receive_monthly_report": "0",
        "customer_id": None,
        "token": None,
    },
)

CALL_RECORDS: Final = Resource(
    path=("statistics", "cdrs"),
    methods=("GET",),
    id_name="cdr_id",
    paged=True,
    filters=("cdr_id", "customer_id", "source_id", "custnr"),
    options=("from_date", "to_date", "extended", "newest_first"),
)

RECORDINGS: Final = Resource(
    path=("recordings",),
    methods=("GET",),
    id_name="recording_id",
    filters=("recording_id", "customer_id"),
    blank={
        "recording_id": None,
        "customer_id": None,
        "cdr_id": None,
        "expired": "0",
        "sounddata": None,
    },
)

RESOURCES: Final = (PING, CUSTOMERS, GREETINGS, SOURCES, USERS, CALL_RECORDS, RECORDINGS)
