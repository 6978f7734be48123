"""The same verbs for the shell and for scripts (DESIGN.md §4). Talks to the Desk and to nothing below it."""
