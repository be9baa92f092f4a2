"""What the benchmarks are measured against: as little as does the job, written as one would.

wagtail_home: a Wagtail site with one home page: a StreamField, 20 events, 8 menu items.
bare:         a Django form that gives places under a row lock, and a page from the page cache.
"""
