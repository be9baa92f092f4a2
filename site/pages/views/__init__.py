"""site: pages of the public site that are not in the editors' tree. mine: Mina sidor."""

from pages.views.site import appearance, find, page, robots, site_map

__all__ = ["appearance", "find", "page", "robots", "site_map"]
