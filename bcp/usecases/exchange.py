"""Plans in and out: files of other tools, spreadsheets, fault trees, graphs."""

from bcp.files.exporting import export_text
from bcp.files.importing import import_file

__all__ = ["export_text", "import_file"]
