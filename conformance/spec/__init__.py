"""The document as data: statements, resources, status codes, the equal ways of asking."""
