-- Card sheets. A sheet is shown to its maker for 15 minutes; its number stands on every card.

CREATE TABLE card_sheet (
    id TEXT PRIMARY KEY,
    act_id TEXT NOT NULL UNIQUE,
    number BIGINT NOT NULL UNIQUE,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    is_single BOOLEAN NOT NULL CHECK (is_single IN (TRUE, FALSE)),
    voided_at BIGINT
);

-- One line a student and tracker, in the order of the print-out. Without a credential the card shows no password;
-- with under_tracker_id the card itself stands under that other tracker.
CREATE TABLE card_sheet_line (
    sheet_id TEXT NOT NULL REFERENCES card_sheet (id),
    position BIGINT NOT NULL,
    tracker_id TEXT REFERENCES tracker (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    credential_id TEXT REFERENCES credential (id),
    under_tracker_id TEXT REFERENCES tracker (id),
    PRIMARY KEY (sheet_id, position)
);
CREATE INDEX card_sheet_line_by_credential ON card_sheet_line (credential_id, sheet_id);
