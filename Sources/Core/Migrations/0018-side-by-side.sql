-- Work of many servers and many students at the same time.

-- Which claim a mail is in the hand of: a server that lost the answer to its claim knows what is not in its hand.
ALTER TABLE mail ADD COLUMN claim_id TEXT;

-- Goes on with activation_day, in sixteen rows for each day and school, by the last digit of the student's id: a school whose
-- students all choose their passwords in one hour does not queue for one row.
CREATE TABLE activation_count (
    day TEXT NOT NULL,
    school_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, school_id, slot)
);
