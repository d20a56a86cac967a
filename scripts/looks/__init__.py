"""What can be measured of cards and prints as they are seen."""
