"""Subscriptions, issues, audiences and deliveries."""
