"""Freedoms of what is no id: how it is refused, and which spellings are forgiven."""

import re
from collections.abc import Mapping
from typing import NoReturn

from reference.faulty import Variant
from reference.message import Request
from reference.operation import Operation
from reference.refusal import Refusal
from reference.resources import Resource


class ReadsIdsItsOwnWay(Variant):
    """Reads ids in a way of its own, which is the plain way here (S06)."""

    def meant(self, text: str) -> str:
        """The id that a text stands for."""
        return text

    def is_id(self, segment: str) -> bool:
        """Take for an id what stands for one."""
        return super().is_id(segment) or super().is_id(self.meant(segment))

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Read the ids of the address."""
        known = super().known(resource, method, parameters)
        names = resource.address_names
        return {
            name: self.meant(value) if name in names else value for name, value in known.items()
        }


class ForgivesZerosBeforeIds(ReadsIdsItsOwnWay):
    """Reads an id with zeros before it as the number.

    Ambiguity: `forgiven-id`.
    """

    def meant(self, text: str) -> str:
        """Drop them."""
        return re.sub("^0+(?=[1-9][0-9]*$)", "", text)


class ForgivesBlanksAroundIds(ReadsIdsItsOwnWay):
    """Reads an id with white space around it as the number.

    Ambiguity: `forgiven-id`.
    """

    def meant(self, text: str) -> str:
        """Strip it."""
        stripped = text.strip(" \t")
        return stripped if stripped.isdigit() else text


class ReadsIdsAsNumbers(ReadsIdsItsOwnWay):
    """Reads an id as a decimal number, which may have a sign and a fraction of zeros.

    Ambiguity: `forgiven-id`.
    """

    def meant(self, text: str) -> str:
        """Leave out what changes nothing."""
        plain = re.fullmatch(r"[+]?([0-9]+)([.,]0*)?", text, re.ASCII)
        return plain[1] if plain else text


class RefusesOddIdsInPathsAsInvalid(Variant):
    """Answers 400 where an id in the path is none.

    Ambiguity: `word-for-an-id`.
    """

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Refuse the id behind the name of a resource."""
        if self.resources.get(names[:-1]) and re.match("[0-9]", names[-1]):
            raise Refusal(400, "This is no id")
        return super().unknown_resource(names)


class FindsNoOddIds(Variant):
    """Answers 404 to a parameter that is no id.

    Ambiguity: `invalid-value`.
    """

    def malformed_id(self, name: str, text: str) -> NoReturn:
        """Find nothing."""
        del text
        raise Refusal(404, f"There is nothing with this {name}")


class ListsAllForAnEmptyId(Variant):
    """Takes an empty id in the query of a GET for none (the document does not have any)."""

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Leave it out."""
        known = super().known(resource, method, parameters)
        names = resource.address_names if method == "GET" else ()
        return {name: value for name, value in known.items() if value or name not in names}


class RefusesIdsBeyond32Bits(Variant):
    """Answers 400 to an id that no record can have (the document names no greatest id)."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look at the number."""
        operation = super().understood(request, account)
        digits = (operation.record_id or "").lstrip("0")
        if digits.isdigit() and (len(digits), digits) > (10, str(2**31 - 1)):
            raise Refusal(400, "There are no such ids")
        return operation
