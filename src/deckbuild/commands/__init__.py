"""What each command does: values in the middle, files at the edges."""
