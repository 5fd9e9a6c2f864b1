"""Documents: templates over a plan and its results become blocks, and blocks become a PDF."""
