"""The checks behind the rules: a module for each chapter or kind of rule."""
