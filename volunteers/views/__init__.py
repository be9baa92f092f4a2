"""The pages of volunteers: what anyone may see, what a link opens, and the coordinator's phone."""
