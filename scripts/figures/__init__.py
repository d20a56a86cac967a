"""The pictures of the example collection, drawn by code so that every curve is its formula."""
