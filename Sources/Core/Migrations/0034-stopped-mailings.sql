-- Mailings that are undone, paused, resumed or cancelled.

-- Until undo_until nothing of the mailing leaves; null where a mail goes at once. What has not left of a paused or cancelled
-- mailing follows in short steps while is_moving. left_out counts whom a cancelled one had not even put in line.
ALTER TABLE mailing ADD COLUMN undo_until BIGINT;
ALTER TABLE mailing ADD COLUMN paused_at BIGINT;
ALTER TABLE mailing ADD COLUMN paused_by TEXT REFERENCES account (id);
ALTER TABLE mailing ADD COLUMN cancelled_at BIGINT;
ALTER TABLE mailing ADD COLUMN cancelled_by TEXT REFERENCES account (id);
ALTER TABLE mailing ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN is_moving BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_moving IN (TRUE, FALSE));
CREATE INDEX mailing_moving ON mailing (id) WHERE is_moving;

-- When somebody last pressed Send again for this one mail: what was stopped before then does not hold it.
ALTER TABLE mail ADD COLUMN again_at BIGINT;

-- Each press of Pause, Resume, Cancel or Undo.
CREATE TABLE mailing_act (
    act_id TEXT PRIMARY KEY,
    mailing_id TEXT NOT NULL REFERENCES mailing (id),
    kind TEXT NOT NULL CHECK (kind IN ('pause', 'resume', 'cancel')),
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL
);
