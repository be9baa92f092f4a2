"""posting: letters about the choice itself. letters: their words. issue, message: a newsletter."""
