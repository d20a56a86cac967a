"""Paper: the sheet, the booklet and the cards to cut out."""
