"""Payloads about customers, valid ones, and the limits of their parameters."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.texts import full_texts, numbers, texts, words

# The most characters of each parameter, as the page on customers says.
NAME_LENGTH = 60
CUSTNR_LENGTH = 45
CORPORATEID_LENGTH = 40
EMAIL_LENGTH = 150
CUSTOM_FIELD_LENGTH = 255

LENGTHS = {"name": NAME_LENGTH, "corporateid": CORPORATEID_LENGTH, "email": EMAIL_LENGTH}
"""The maximum lengths of the parameters that need not be unique."""

REPORTS = ("0", "1", "2")
"""The values of receive_monthly_report: none, extended, short."""

FLAGS = ("0", "1")
"""The values of a flag."""

ADDRESS_END = "@example.com"


EVERYTHING = {
    "name": "Ada & Bo <1>",
    "corporateid": "0",
    "email": "a@example.com",
    "receive_monthly_report": "2",
    "freespee_caller_id": "1",
}
"""Every parameter that need not be unique, each with a value that is not its default."""


def names() -> st.SearchStrategy[str]:
    """Draw names below the limit: texts of every plane, also like numbers or keywords."""
    return st.one_of(texts(), texts(), numbers(), words())


def corporateids() -> st.SearchStrategy[str]:
    """Draw corporate ids: digits, capitals, hyphens, texts that look like numbers, and any text."""
    return st.one_of(st.text("0123456789-ABC", min_size=1, max_size=20), numbers(), texts())


def email_addresses() -> st.SearchStrategy[str]:
    """Draw plain e-mail addresses below the limit of 150 characters."""
    return st.builds(
        "{}{}@example.{}".format,
        st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20),
        st.sampled_from(["", ".x", "+tag", "_9"]),
        st.sampled_from(["com", "org", "net"]),
    )


def long_email_addresses() -> st.SearchStrategy[str]:
    """Draw e-mail addresses of up to 150 characters whose labels have a valid length."""
    labels = st.integers(1, 30).map(lambda count: ("abcd." * count)[:-1])
    return labels.map(lambda label: f"{'l' * 10}@{label[: EMAIL_LENGTH - 30]}.example.com")


def custnr_shapes() -> st.SearchStrategy[str]:
    """Draw patterns of a custnr in which "{}" stands for digits that no customer has."""
    return st.one_of(
        st.sampled_from(("{}", "00{}", "+{}", "-{}", "-0{}", "0x{}", "{}.0", "{}.50", "0.{}")),
        st.sampled_from(("{}e5", "{}E+2", "1e{}", "{}e-1", "K-{}", "{} AB", "#{}", "{}/1")),
        st.tuples(texts(), texts()).map(
            lambda ends: "{}".join(end.replace("{", "").replace("}", "") for end in ends)
        ),
    )


def parameters() -> dict[str, st.SearchStrategy[str]]:
    """Return the text parameters of a customer that need not be unique, with valid values."""
    return {
        "name": names(),
        "corporateid": corporateids(),
        "email": email_addresses(),
    }


def settings() -> dict[str, st.SearchStrategy[str]]:
    """Return the parameters of a customer that have a few possible values, with these values."""
    return {
        "receive_monthly_report": st.sampled_from(REPORTS),
        "freespee_caller_id": st.sampled_from(FLAGS),
    }


def changes() -> st.SearchStrategy[dict[str, str]]:
    """Draw the parameters of a PUT: any non-empty subset of those that need not be unique."""
    return st.fixed_dictionaries({}, optional={**parameters(), **settings()}).filter(bool)


def new_customers() -> st.SearchStrategy[dict[str, str]]:
    """Draw the parameters of a POST without custnr: a name and any of the optional parameters."""
    name, *others = parameters().items()
    return st.fixed_dictionaries(dict([name]), optional={**dict(others), **settings()})


def full_changes() -> st.SearchStrategy[dict[str, str]]:
    """Draw one parameter of a PUT with a value of its maximum length."""
    return st.one_of(
        full_texts(NAME_LENGTH).map(lambda text: {"name": text}),
        full_texts(CORPORATEID_LENGTH).map(lambda text: {"corporateid": text}),
        long_email_addresses().map(lambda text: {"email": text}),
    )


def custom_texts() -> st.SearchStrategy[str]:
    """Draw values of a custom field, of up to 255 characters."""
    return st.one_of(texts(), numbers(), words(), full_texts(CUSTOM_FIELD_LENGTH), texts(60))
