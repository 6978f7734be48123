"""What is said to a person whose input cannot be used."""


class UserError(Exception):
    """The user's input is at fault. The message is one line, in their language, and says how to mend it."""
