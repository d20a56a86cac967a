"""Machine: files, processes and templates."""
