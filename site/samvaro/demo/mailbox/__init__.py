"""The demo's letter box: takes every letter over SMTP, keeps it as a file, shows it in a browser.

It stands beside the site and is no part of it: Django has no address that leads here.
"""
