-- Mailings and card sheets that administrators make for schools, and mailings too large to be queued in the press.

-- Made by an administrator for schools, or for one of their students; all_trackers then says All Schools.
ALTER TABLE mailing ADD COLUMN for_schools BOOLEAN NOT NULL DEFAULT FALSE CHECK (for_schools IN (TRUE, FALSE));
-- While is_queueing the mails are still being added, school by school: those of queue_school up to the account
-- queue_after are there, `looked` people were looked at, and as many mails as `expected` were counted at the press.
ALTER TABLE mailing ADD COLUMN is_queueing BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_queueing IN (TRUE, FALSE));
ALTER TABLE mailing ADD COLUMN expected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN looked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN queue_school TEXT NOT NULL DEFAULT '';
ALTER TABLE mailing ADD COLUMN queue_after TEXT NOT NULL DEFAULT '';
CREATE INDEX mailing_queueing ON mailing (made_at, id) WHERE is_queueing;

-- The schools of a mailing, all of them for All Schools: fixed and checked when Send is pressed.
CREATE TABLE mailing_school (
    mailing_id TEXT NOT NULL REFERENCES mailing (id),
    school_id TEXT NOT NULL REFERENCES school (id),
    PRIMARY KEY (mailing_id, school_id)
);

-- The order within a mailing: by name, in a large one as they were queued.
ALTER TABLE mail ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mail_by_mailing ON mail (mailing_id, state, position, id);
ALTER TABLE mailing_skip ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mailing_skip_by_reason ON mailing_skip (mailing_id, reason, position, account_id);

-- A large sheet is written in steps and shown to nobody before it is ready.
ALTER TABLE card_sheet ADD COLUMN for_schools BOOLEAN NOT NULL DEFAULT FALSE CHECK (for_schools IN (TRUE, FALSE));
ALTER TABLE card_sheet ADD COLUMN is_ready BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_ready IN (TRUE, FALSE));
CREATE INDEX card_sheet_unfinished ON card_sheet (id) WHERE NOT is_ready;
