"""Questionnaires: an XLSForm, written as Markdown tables or a workbook; and interview guides."""
