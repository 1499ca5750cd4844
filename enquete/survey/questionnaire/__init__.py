"""Questionnaires: an XLSForm, written as Markdown tables or a workbook; and interview guides.

Columns of the study's own, which pyxform passes over; accents and case are forgiven:

- survey: « usage » (clé, identité, contact, jour, attribut, poids; several separated by spaces or commas), « mesure »
  (nominale, ordinale, continue), « situation » (logement, ressources, heures…);
- choices: « manque » (ne sait pas, refus, sans objet, non posée, autre);
- settings: « vague » (codes of the waves, separated by spaces).

How sheets stand in Markdown is told in `sheets`, how guides are written in `guide`.
"""
