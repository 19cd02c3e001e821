"""Walks over the account: the state machine, its model, its rules."""
