"""The page sizes of the document."""

LARGEST = 1000
"""The page size that is used unless another is asked for, and the largest that may be."""
