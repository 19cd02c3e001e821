"""The resources, methods and paths that security rules try."""

from __future__ import annotations

from conformance.spec.resources import RESOURCES

METHODS = ("GET", "POST", "PUT", "DELETE")

RESOURCE_METHODS = [(resource, method) for resource in RESOURCES for method in METHODS]
"""Every method of every resource."""

READ_ONLY_PATHS = {
    "ping": "/miscellaneous/ping",
    "customers": "/customers",
    "sources": "/sources",
    "users": "/users",
    "call records": "/statistics/cdrs",
    "recordings": "/recordings",
    "call records of a customer": "/statistics/cdrs?customer_id={customer}",
    "ping as JSON": "/miscellaneous/ping.json",
    "customers as JSON": "/customers.json",
    "customers as XML": "/customers.xml",
    "call records as XML": "/statistics/cdrs.xml",
    "second page": "/customers?page=1",
    "one customer as XML": "/customers.xml/{customer}",
    "one customer by parameter": "/customers?customer_id={customer}",
    "greetings as XML": "/customers/voicemail_greetings.xml?customer_id={customer}",
}
"""Paths to GET; their ids need not exist."""

LISTS = [
    READ_ONLY_PATHS[each]
    for each in ("customers", "sources", "users", "call records", "recordings")
]
"""The lists that somebody who should not be let in asks for: a guard may stand before some."""

ODD_SPELLINGS = (
    "/customers/",
    "//customers",
    "/./customers",
    "/miscellaneous/../customers",
    "/%63ustomers",
    "/Customers",
    "/CUSTOMERS",
    "/customers;a=b",
    "/customers%2f",
    "/customers.html",
    "/customers.xml/",
    "/customers?",
    "/customers%00",
    "/miscellaneous/ping/",
    "/miscellaneous/ping.html",
)
"""Spellings of documented paths that an access check in front of the application may miss."""
