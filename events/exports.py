"""The file of an activity's list; how tables leave the house is in privacy.exports."""

from datetime import date


def file_name(day: date) -> str:
    """Tells nothing but a day: the file lies in a folder of downloads that others may see."""
    return f"anmalningar-{day.isoformat()}.xlsx"
