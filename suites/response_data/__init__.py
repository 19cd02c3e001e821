"""Rules of the chapter on response data: JSON, XML, and that both carry the same records."""
