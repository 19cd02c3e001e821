"""The installed command; in the wheel, the suite lies in `suite` beside this file."""
