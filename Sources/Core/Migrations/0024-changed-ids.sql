-- A row of a roster with a new id, and the number of somebody here whose id the roster does not have any more: that id.
ALTER TABLE person_match ADD COLUMN replaces TEXT;
