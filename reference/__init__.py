"""The API's document as a small program: what the suite is tried on when no target is named."""

from .message import Request, Response
from .server import Reference

__all__ = ["Reference", "Request", "Response"]
