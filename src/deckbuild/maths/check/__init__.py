"""MathJax as the judge of LaTeX, and known functions as the judge of formulas."""
