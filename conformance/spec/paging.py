"""The page sizes of the document."""

LARGEST = 1000
"""The default page size, which is also the largest."""
