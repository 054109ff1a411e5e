-- FirstBell's servers on this database. What one has in hand is its own until its lease ends; then others take it up.

-- A run of the program. place is its machine and data folder, which one run has at a time; keys are the ids in its keyring.
CREATE TABLE server (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    keys TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

-- Who is sending a mail, reading or applying a roster or a list of addresses, or writing a card sheet.
ALTER TABLE mail ADD COLUMN server_id TEXT;
ALTER TABLE roster_plan ADD COLUMN server_id TEXT;
ALTER TABLE address_list ADD COLUMN server_id TEXT;
ALTER TABLE card_sheet ADD COLUMN server_id TEXT;
