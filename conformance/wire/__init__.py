"""One request and its answer: transport, digest, responses, exchanges."""
