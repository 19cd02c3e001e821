"""The resources that the document names, and how their records are identified."""

from __future__ import annotations

from dataclasses import dataclass

Record = dict[str, object]
"""One record by field name: values of JSON, or strings of XML (an empty element is "")."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """A kind of record: its path and the field that identifies it. There is one of each.

    `name` is the plural in path and envelope; `id_field` the parameter and field of the id;
    `parent` the resource that it is a sub-resource of.
    """

    name: str
    singular: str
    id_field: str
    parent: Resource | None = None
    path: str = ""

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.name

    @property
    def word(self) -> str:
        """What one record is called."""
        return {"cdr": "call", "voicemail_greeting": "greeting"}.get(self.singular, self.singular)

    @property
    def collection(self) -> str:
        """The path of the collection; for a sub-resource that of the parameter form."""
        if self.path:
            return self.path
        return f"/{self.parent.name}/{self.name}" if self.parent else f"/{self.name}"


CUSTOMERS = Resource("customers", "customer", "customer_id")
GREETINGS = Resource("voicemail_greetings", "voicemail_greeting", "vm_greeting_id", CUSTOMERS)
SOURCES = Resource("sources", "source", "source_id")
USERS = Resource("users", "user", "user_id")
CDRS = Resource("cdrs", "cdr", "cdr_id", path="/statistics/cdrs")
RECORDINGS = Resource("recordings", "recording", "recording_id")

RESOURCES = (CUSTOMERS, GREETINGS, SOURCES, USERS)
NOT_DESCRIBED = (SOURCES, USERS)
"""Resources that the document names at most: an account need not have access to them."""
