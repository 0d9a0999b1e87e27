class Refusal(Exception):
    """Why nothing was written: what is wrong, and the hints of what to write instead."""

    def __init__(self, message, *hints):
        super().__init__(message)
        self.hints = hints
