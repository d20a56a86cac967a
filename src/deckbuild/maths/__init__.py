"""Mathematics: what a formula means, whether MathJax accepts it, and how it is set in print."""
