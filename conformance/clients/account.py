"""What this account asks of a new record, beside what the document says.

An account may demand fields (custom ones, an e-mail address), or numbers of one form. The target
file says so (`claims.required`); what it does not say is learned, once for each resource, from the
words of the first refusal and from the records that exist.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from typing import TYPE_CHECKING

from conformance.clients.refusal_words import NEVER, choices_in, demanded, named_in
from conformance.spec.payloads import MANDATORY, NUMBER, UNIQUE, put_into
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.spec.status_codes import OWN_REASONS
from conformance.wire.records import readable_records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

Template = dict[str, str]
"""Parameters of a POST by their names, with places for what has to be unique."""

MOST_ATTEMPTS = 20
"""How many new records to try at most until one is taken."""

SHAPES: Mapping[str, tuple[str, ...]] = {
    "custnr": (NUMBER,),
    "name": (UNIQUE, f"Conformance {NUMBER}", NUMBER),
    "corporateid": (NUMBER, "556012-5790"),
}
"""Other forms of a value, for an account that does not take the usual one."""

USUAL = {"email": f"{UNIQUE}@example.com", "corporateid": NUMBER}
"""Values of optional parameters; of any other that an account may demand it is "1"."""


class AccountNeeds:
    """Makes the values of new records such that this account takes them."""

    def __init__(self, api: Api) -> None:
        """Take who asks, without sending anything."""
        self._api = api
        self._lock = threading.RLock()
        self._templates: dict[Resource, Template] = {}
        self._settled: set[Resource] = set()
        self._taken_plainly: set[Resource] = set()
        self.room = math.inf
        """How many records below one record this account takes, as far as it has told."""

    def values(self, resource: Resource) -> dict[str, str]:
        """Return the parameters of a new record, apart from its owner's id, with fresh texts."""
        return self._filled(self._template(resource))

    def value(self, resource: Resource, field: str) -> str:
        """Return a fresh value of one field that this account takes."""
        known = {**USUAL, **self._template(resource)}
        return self._filled({field: known[field]})[field]

    def optional(self) -> dict[str, str]:
        """Return fresh values of the optional text parameters of a customer."""
        return {field: self.value(CUSTOMERS, field) for field in ("email", "corporateid")}

    def settle(self, resource: Resource, more: Collection[str], *, plainly: bool) -> None:
        """Note that a new record was taken: there is nothing to learn; `plainly` as a form.

        One that had more fields than are known to be needed says nothing of what is needed.
        """
        if not self._template(resource).keys() >= set(more):
            return
        self._settled.add(resource)
        self._taken_plainly |= {resource} if plainly else set()

    def has_taken(self, resource: Resource) -> bool:
        """Tell whether a new record was taken as a form."""
        return resource in self._taken_plainly

    def known(self, resource: Resource) -> Template | None:
        """Return what was learned of a resource; None where nothing was."""
        return self._templates.get(resource)

    def learn(
        self,
        resource: Resource,
        owner: Mapping[str, str],
        refusal: Response,
        known: Template | None = None,
    ) -> bool:
        """Find out what a new record needs, after one was refused; tell whether that was found.

        The records that are made on the way are ours. It is done once: where it does not help, the
        account refuses new records for another reason. `known` is what was known before the refused
        one was sent: another thread may have learned it since.
        """
        with self._lock:
            if self.known(resource) is not known:
                return True
            if resource in self._settled or refusal.status_code not in OWN_REASONS:
                return False
            self._settled.add(resource)
            found = self._taken(resource, owner, refusal.text)
            if found is not None:
                self._templates[resource] = found
            return found is not None

    def _template(self, resource: Resource) -> Template:
        claimed = self._api.target.claims.required.get(resource.name, {})
        return {**MANDATORY[resource], **claimed, **self._templates.get(resource, {})}

    def _filled(self, template: Template) -> dict[str, str]:
        return put_into(template, self._api.fresh(), self._api.ledger.fresh_number())

    def _taken(self, resource: Resource, owner: Mapping[str, str], words: str) -> Template | None:
        """Return the first template that is taken, of those that the refusals lead to."""
        template = self._template(resource)
        guesses = self._guesses(resource, words)
        for _ in range(MOST_ATTEMPTS):
            values = {**owner, **self._filled(template)}
            response = self._api.post(resource.collection, data=values)
            if response.ok:
                self._api.created(resource, response, values)
                return template
            changed = next((each for each in guesses if each.items() - template.items()), None)
            if response.status_code not in OWN_REASONS or changed is None:
                return None
            template = {**template, **changed}
            guesses = self._guesses(resource, response.text, template)
        return None

    def _guesses(
        self, resource: Resource, words: str, template: Template | None = None
    ) -> Iterator[Template]:
        """Give what to add or to change, the likeliest first."""
        known = template or self._template(resource)
        shown = self._shown(resource)
        examples = {
            **USUAL,
            **{name: values.most_common(1)[0][0] for name, values in shown.items()},
        }
        named = demanded(resource, words)
        yield {name: examples.get(name, "1") for name in named if name not in known}
        for name in named_in(words, known):
            tried = [
                *SHAPES.get(name, ()),
                *self._domains(name, shown),
                *(text for text, _ in shown.get(name, Counter()).most_common(2)),
                *choices_in(words, name),
            ]
            later = tried[tried.index(known[name]) + 1 :] if known[name] in tried else tried
            yield from ({name: text} for text in later[:1])
        yield {name: examples[name] for name in shown if name not in known}
        yield {name: text for name, text in examples.items() if name not in known}
        yield from ({name: texts[0]} for name, texts in SHAPES.items() if name in known)

    def _shown(self, resource: Resource) -> dict[str, Counter[str]]:
        """Return the texts that other records have in fields which a caller may write."""
        records = readable_records(self._api.ask_list(resource), resource)
        ids = {each.id_field for each in RESOURCES}
        found: dict[str, Counter[str]] = {}
        for record in records:
            for name, value in record.items():
                if isinstance(value, str) and value and name not in NEVER | ids:
                    found.setdefault(name, Counter())[value] += 1
        return found

    def _domains(self, name: str, shown: Mapping[str, Counter[str]]) -> list[str]:
        """Return e-mail addresses in the domains that other records show."""
        texts = shown.get("email", ()) if name == "email" else ()
        return [f"{UNIQUE}@{text.rpartition('@')[2]}" for text in texts if "@" in text]
