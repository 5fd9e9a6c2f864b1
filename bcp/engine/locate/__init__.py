"""Where a fault lies, from calls that failed and calls that were well."""
