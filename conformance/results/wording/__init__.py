"""The two sentences of a finding: what was expected, and what was observed."""
