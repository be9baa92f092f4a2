"""A stand-in for Stripe: takes what the real client sends, keeps it, and lets one "pay".

No money moves and nobody outside is asked. It speaks the wire format of Stripe's API for what
Samvaro uses, refuses parameters that Stripe's own types do not know, and signs its messages.
"""
