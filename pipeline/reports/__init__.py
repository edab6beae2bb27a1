"""What inspections hand in: the report of a unit or a period in DOCX and XLSX, lists of expired documents, pages of what was found."""
