"""The booklet: all questions with their full answers."""
