"""The marks of note programs in Markdown: Obsidian, Logseq, pandoc, kramdown and what plug-ins leave in the text."""
