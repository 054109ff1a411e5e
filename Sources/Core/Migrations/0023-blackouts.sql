-- Times in which no roster takes anybody out by itself: of one school, or of all.
CREATE TABLE blackout (
    id TEXT PRIMARY KEY,
    school_id TEXT REFERENCES school (id),
    begins_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    CHECK (begins_at < ends_at)
);
-- Until when a held school is in one.
ALTER TABLE roster_plan_school ADD COLUMN blackout_until BIGINT;
