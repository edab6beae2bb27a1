"""How fast search is, on a catalogue as large as the country's."""
