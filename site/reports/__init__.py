"""Reads every app and writes only its own rows: snapshots, statistics, grant projects."""
