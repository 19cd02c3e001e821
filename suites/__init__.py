"""The rules, one package or module for each chapter of the document."""
