"""How Sphinx builds the documentation, from the sources that `--rulebook=pages` put together."""

project = "freespee-conformance"
copyright = "the authors of freespee-conformance"  # noqa: A001  (Sphinx's name for it)
extensions = ["myst_parser", "sphinx_click"]
exclude_patterns = ["made/**"]  # parts of pages, which include them
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "freespee-conformance"
html_copy_source = False
html_show_sphinx = False
nitpicky = True
smartquotes = False  # options begin with two hyphens
suppress_warnings = ["config.cache"]
