"""Base URL and version: where a path leads."""

from collections.abc import Mapping
from typing import NoReturn

from .decoding import Decoding
from .refusal import Refusal
from .resources import RESOURCES, Resource
from .response_types import ResponseTypes


class Routing(ResponseTypes, Decoding):
    """A path is a version, then names of resources, each of which an id may follow."""

    versions: tuple[str, ...] = ("2.4.9",)
    resources: Mapping[tuple[str, ...], Resource] = {each.path: each for each in RESOURCES}

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """The resource that a path leads to, and the ids in it by the names of their parameters."""
        version, *segments = self.path_segments(path)
        if not self.is_served(version):
            self.unknown_version(version)
        names: tuple[str, ...] = ()
        ids: dict[str, str] = {}
        for segment in segments:
            resource = self.resources.get(names)
            if resource and self.is_id(segment) and self.takes_id(resource, ids):
                ids[resource.id_name or ""] = segment
            else:
                names = (*names, self.split_suffix(segment)[0])
        return self.resources.get(names) or self.unknown_resource(names), ids

    def split_target(self, target: str) -> tuple[str, str]:
        """The path and the query of a request target, which may be a whole URL."""
        path, _, query = target.partition("?")
        for scheme in ("https://", "http://"):
            if path.startswith(scheme):
                path = "/" + path.removeprefix(scheme).partition("/")[2]
        return path, query

    def path_segments(self, path: str) -> list[str]:
        """The decoded segments of a path: at least one, none of them left out."""
        return [self.decoded_segment(segment) for segment in path.removeprefix("/").split("/")]

    def is_served(self, version: str) -> bool:
        """Whether a version is on offer."""
        return version in self.versions

    def unknown_version(self, version: str) -> NoReturn:
        """Refuse a version that is not on offer, or its absence."""
        del version
        raise Refusal(404, "There is no such version of this API")

    def is_id(self, segment: str) -> bool:
        """Whether a path segment is an id."""
        return segment.isascii() and segment.isdigit()

    def takes_id(self, resource: Resource, ids: Mapping[str, str]) -> bool:
        """Whether an id may follow the resource: it has ids, and none was given yet."""
        return resource.id_name is not None and resource.id_name not in ids

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Refuse a path that leads nowhere; an id that is none makes such a path."""
        del names
        raise Refusal(404, "There is no such resource")
