"""Rules of the chapter on security: HTTPS, digest authentication, the caller's address."""
