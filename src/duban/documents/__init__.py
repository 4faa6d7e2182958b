"""Any file → Document: the text exactly as read, with blocks, sections and metadata."""
