"""Mathematics as documents write it (`softmax(QKᵀ/√dₖ)V`), recognised, parsed and turned into LaTeX."""
