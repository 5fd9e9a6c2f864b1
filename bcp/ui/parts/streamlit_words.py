"""Streamlit's own English words in the app, in the language of the page."""

from __future__ import annotations

from functools import lru_cache

from bcp.words import words as words_of

ChromeWords = dict[str, list[list[str]]]


@lru_cache(maxsize=8)
def streamlit_words(language: str) -> ChromeWords:
    """Pairs of what Streamlit says and what to say instead; none for English, which it speaks.

    `whole` are texts that must match exactly. Of `parts` each has what stands before and after something
    of ours, such as a field's name, in English and then in this language.
    """
    if language == "en":
        return {"whole": [], "parts": []}
    return {"whole": _whole(language), "parts": _parts(language)}


def _whole(language: str) -> list[list[str]]:
    words = words_of(language)
    said = {
        "Upload": words("Upload"),
        "file upload": words("File upload"),
        "Drag and drop a file here": words("Drag and drop a file here"),
        "Drag and drop files here": words("Drag and drop files here"),
        "Choose options": words("Choose options"),
        "Choose an option": words("Choose an option"),
        "No results": words("No results"),
        "Select all": words("Select all"),
        "Clear all": words("Clear all"),
        "Clear value": words("Clear value"),
        "Open": words("Open"),
        "Close": words("Close"),
        "Selected values": words("Selected values"),
        "Press Enter to apply": words("Press Enter to apply"),
        "Press Enter to submit form": words("Press Enter to submit"),
        "Press Ctrl+Enter to apply": words("Press Ctrl+Enter to apply"),
        "Press ⌘+Enter to apply": words("Press ⌘+Enter to apply"),
        "Press Ctrl+Enter to submit form": words("Press Ctrl+Enter to submit"),
        "Press ⌘+Enter to submit form": words("Press ⌘+Enter to submit"),
        "Fullscreen": words("Fullscreen"),
        "Close fullscreen": words("Close fullscreen"),
        "Show/hide columns": words("Show or hide columns"),
        "Download as CSV": words("Download as CSV"),
        "Search": words("Search"),
        "Type to search": words("Type to search"),
        "Add row": words("Add row"),
        "Delete row(s)": words("Delete rows"),
        "Sort ascending": words("Sort ascending"),
        "Sort descending": words("Sort descending"),
        "Autosize": words("Fit the width"),
        "Pin column": words("Pin column"),
        "Unpin column": words("Unpin column"),
        "Hide column": words("Hide column"),
        "Choose date": words("Choose a date"),
        "Previous": words("Previous"),
        "Next": words("Next"),
        "Collapse sidebar": words("Fold the menu away"),
        "Expand sidebar": words("Show the menu"),
        "Sidebar": words("Menu and settings"),
        "App pages": words("Pages"),
        "Navigate to home page": words("To the start page"),
        "Link to heading": words("Link to this heading"),
        "Copy to clipboard": words("Copy"),
        "Running...": words("Computing …"),
        "Stop": words("Stop"),
        "Connection error": words("No connection"),
        "Please wait...": words("One moment …"),
        "view more": words("Show more"),
        "view less": words("Show less"),
        "File type not allowed.": words("Files of this type are not taken."),
    }
    return [[english, text] for english, text in said.items() if english != text]


def _parts(language: str) -> list[list[str]]:
    words = words_of(language)
    said = {
        "Help for {what}": words("Help for {what}"),
        "Remove {what}": words("Remove {what}"),
        "{what} per file": words("{what} per file"),
        "File must be {what} or smaller.": words("The file must be {what} or smaller."),
        "{what} files are not allowed.": words("Files of the type {what} are not taken."),
        "Fullscreen: {what}": words("Fullscreen: {what}"),
        "year, {what}": words("year, {what}"),
        "month, {what}": words("month, {what}"),
        "day, {what}": words("day, {what}"),
    }
    return [[*english.split("{what}"), *text.split("{what}")] for english, text in said.items()]
