"""The coding page: its scripts and styles, served as they are or put into one file that opens without a server.

Modules import each other by bare names (« enquete/model », « preact »), which an import map resolves: to addresses of
the server, or to the modules themselves as data.
"""

from enquete.page.assembling import Asset, asset, digest_source, served, standalone

__all__ = ["Asset", "asset", "digest_source", "served", "standalone"]
