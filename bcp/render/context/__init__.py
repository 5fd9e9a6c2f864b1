"""What templates see: plain values in the document's language, built from a plan and its results."""
