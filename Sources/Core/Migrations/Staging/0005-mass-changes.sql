-- True where more would change than the trackers a person is in, as a new term brings them to everybody.
ALTER TABLE person_change ADD COLUMN alters BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE waiting_school ADD COLUMN changes_wait BOOLEAN NOT NULL DEFAULT FALSE;
