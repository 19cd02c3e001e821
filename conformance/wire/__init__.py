"""One request and its response: transport, digest, responses, exchanges."""
