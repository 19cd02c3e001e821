"""Faults in updates as clients send them: read, changed in one place, and sent back."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource

FEW = 3
SOME = 20


class TakesItsOwnNumberForAnothers(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Refuses a PUT with the number that the customer has already: it is taken."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Compare with the record itself, too."""
        super().check_unique(operation, values, record)
        if record is not None and values.get("custnr", "") == record.values.get("custnr"):
            self.duplicate_custnr(operation)


class ReadsTheFirstFields(
    Fault, breaks="put-updates-any-subset update-as-a-client-sends-it-is-stored"
):
    """Reads no more than three fields of a form."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave the others."""
        values = super().values_sent(operation)
        first = [name for name in operation.parameters if name in values][:FEW]
        few = operation.method == "PUT" and operation.resource is CUSTOMERS
        return {name: values[name] for name in first} if few else values


class ReadsTwentyParameters(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """Reads twenty parameters of a form, and answers as if there were no more."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave the others."""
        values = super().values_sent(operation)
        sent = operation.request.body.split(b"&")
        if len(sent) <= SOME:
            return values
        return {name: value for name, value in values.items() if name.encode() in sent[:SOME]}


class NeverGoesBack(
    Fault,
    breaks=("put-follows-put put-twice-keeps-the-last update-as-a-client-sends-it-is-stored"),
):
    """Takes a name that a customer had before for a late copy of that update, and drops it."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Drop what was there before."""
        changes = super().changed_values(operation, record, values)
        seen: dict[str, list[Value]] = self.__dict__.setdefault("seen", {})
        had = seen.setdefault(record.id, [])
        had.append(record.values.get("name"))
        if operation.resource is CUSTOMERS and changes.get("name") in had[:-1]:
            return {name: value for name, value in changes.items() if name != "name"}
        return changes


class KeepsWhatIsSentWithItsId(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """Answers an update that names a user's owner, and stores nothing of it."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take it for a copy of what is there."""
        changes = super().changed_values(operation, record, values)
        whole = b"customer_id" in operation.request.body and operation.resource is USERS
        return {} if whole else changes


class ClearsWithTheWholeRecord(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """Empties the corporate id of a customer where an update brings its UUID."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Empty it."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and b"uuid" in operation.request.body:
            return {**changes, "corporateid": ""}
        return changes


class RefusesAllAtOnce(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Refuses an update of more than three fields of a customer."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Count them."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and record is not None and len(values) > FEW:
            raise Refusal(400, "These are too many fields")


class TakesTheLastFieldForTheFirst(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Stores the e-mail address as corporate id as well where it comes before the name."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Mix the two up."""
        changes = dict(super().changed_values(operation, record, values))
        sent = list(operation.parameters)
        all_three = {"name", "email", "corporateid"} <= changes.keys()
        if all_three and sent.index("email") < sent.index("name"):
            changes["corporateid"] = changes["email"]
        return changes


class ForgetsWithoutAChange(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """Empties the e-mail address of a customer when an update changes nothing."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Look for a change."""
        same = all(record.values.get(name) == value for name, value in changes.items())
        if resource is CUSTOMERS and same and len(changes) > 1:
            changes = {**changes, "email": ""}
        return super().replace(resource, record, changes)


class StoresTheSecondUpdateHalf(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Keeps a customer's custom fields as they were where the number comes with them."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Drop the custom fields."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and "custnr" in changes:
            return {name: each for name, each in changes.items() if not name.startswith("custom")}
        return changes


class RefusesAGreetingWithItsLock(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """Empties the name of a greeting where an update brings all that was read of it."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Empty the name."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is GREETINGS and b"datalength" in operation.request.body:
            return {**changes, "name": ""}
        return changes


class AnswersForTheFirstOfAName(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Answers 403 to an update with the very values that a customer had when it was new."""

    def update(self, operation: Operation) -> Answer:
        """Compare with the first name."""
        name = operation.parameters.get("name")
        first: dict[str, Value] = self.__dict__.setdefault("first", {})
        if operation.resource is CUSTOMERS and operation.record_id:
            record = self.addressed_record(operation)
            first.setdefault(record.id, record.values["name"])
            if name == first[record.id] != record.values["name"]:
                raise Refusal(403, "That is how it was")
        return super().update(operation)


class WantsAReadBetween(Fault, breaks="put-follows-put"):
    """Refuses an update of a user that follows another one of it without a GET between them."""

    def update(self, operation: Operation) -> Answer:
        """Look for one."""
        written: set[str | None] = self.__dict__.setdefault("just_updated", set())
        if operation.resource is USERS and operation.record_id in written:
            raise Refusal(403, "This user was changed by somebody else")
        answer = super().update(operation)
        if operation.resource is USERS:
            written.add(operation.record_id)
        return answer

    def read(self, operation: Operation) -> Answer:
        """Remember it."""
        if operation.resource is USERS:
            self.__dict__["just_updated"] = set()
        return super().read(operation)


class RefusesTheSecondUpdateTooLate(Fault, breaks="put-follows-put"):
    """Refuses an update of a user that follows another one, and stores it all the same."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Look for one."""
        latest: Record | None = self.__dict__.get("latest")
        self.__dict__["latest"] = record if operation.resource is USERS else None
        if operation.resource is USERS and latest is not None and latest.id == record.id:
            raise Refusal(403, "This user was changed by somebody else")
        return super().updated(operation, record)

    def read(self, operation: Operation) -> Answer:
        """Forget it."""
        self.__dict__["latest"] = None
        return super().read(operation)


class AnswersUpdatesWithTheOldest(
    Fault, breaks="put-answers-no-other-record put-answers-the-record"
):
    """Answers a PUT with the record that the account has had for longest."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Show another one."""
        return self.answer(operation, [*self.candidates(operation), record][:1])


class AnswersUpdatesUnderTheOwnersId(
    Fault, breaks="put-answers-no-other-record put-answers-the-record"
):
    """Answers a PUT of a source with what was stored, under the id of its customer."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Take the id of another column."""
        if operation.resource is not SOURCES:
            return super().updated(operation, record)
        values = {**record.values, "source_id": record.values["customer_id"]}
        return self.answer(operation, [Record(record.id, record.account, values)])


class TakesAnUnchangedNameForNoChange(Fault, breaks="update-as-a-client-sends-it-is-stored"):
    """Stores nothing of a PUT of a customer that sends the name which it has."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Look at the name alone."""
        values = super().changed_values(operation, record, values)
        unchanged = values.get("name") == record.values.get("name")
        return {} if operation.resource is CUSTOMERS and unchanged else values


class AnswersNothingToPut(Fault, breaks="put-answers-the-record"):
    """Answers a PUT with an empty list."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Leave the record out."""
        del record
        return self.answer(operation, [])


class SkipsRepeatedUpdates(Fault, breaks=("put-follows-put put-twice-keeps-the-last")):
    """Takes an update with the data of an earlier one for a repetition, and answers as then."""

    def update(self, operation: Operation) -> Answer:
        """Look whether it has been done."""
        done: dict[tuple[object, ...], Answer] = self.__dict__.setdefault("done", {})
        about = (operation.account, operation.resource.name, *sorted(operation.parameters.items()))
        if "name" not in operation.parameters or about not in done:
            done[about] = super().update(operation)
        return done[about]


class WritesBackWhatWasRead(Fault, breaks="put-keeps-what-was-put-since-a-read"):
    """Writes with each update all that a read of the record showed last."""

    def read(self, operation: Operation) -> Answer:
        """Remember what is shown."""
        seen: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("seen", {})
        is_one = operation.resource is USERS and operation.record_id
        for record in self.visible_records(USERS, operation.account) if is_one else ():
            if record.id == operation.record_id:
                seen[record.id] = record.values
        return super().read(operation)

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take it for what the caller has."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is not USERS:
            return changes
        return {**self.__dict__.get("seen", {}).get(record.id, {}), **changes}
