"""What a request turns out to be once it is understood."""

from collections.abc import Mapping
from dataclasses import dataclass

from .message import Request
from .resources import Resource


@dataclass(frozen=True, slots=True)
class Operation:
    """An authenticated request: what is to be done to what, for whom, with which parameters."""

    request: Request
    account: str
    resource: Resource
    method: str
    """The method after any override."""
    ids: Mapping[str, str]
    """The ids in the path, by the names of the parameters that they stand for."""
    parameters: Mapping[str, str]
    """All parameters, with the ids of the path among them."""

    @property
    def record_id(self) -> str | None:
        """The id of the record that it is about, if it is about one."""
        name = self.resource.id_name
        return self.parameters.get(name) if name else None

    @property
    def parent_id(self) -> str | None:
        """The id of the parent of what it is about."""
        parent = self.resource.parent
        return self.parameters.get(parent.id_name) if parent and parent.id_name else None
