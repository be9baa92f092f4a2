"""The words of the demo association, made into rows."""
