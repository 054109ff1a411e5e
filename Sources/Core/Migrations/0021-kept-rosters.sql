-- The rosters that were read last, as FirstBell took them: what a roster of changes is added to, and what an undo goes back to.
-- Of those that were applied the last two of each source are kept.
CREATE TABLE kept_roster_part (
    plan_id TEXT NOT NULL REFERENCES roster_plan (id),
    number BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    -- Base64 of a ChaChaPoly box around packed rows.
    sealed TEXT NOT NULL,
    PRIMARY KEY (plan_id, number)
);

-- How many parts there are; null until all are there, and again once they are gone.
ALTER TABLE roster_plan ADD COLUMN kept_parts BIGINT;
-- The plan whose roster these are changes to.
ALTER TABLE roster_plan ADD COLUMN added_to TEXT;
-- The plan to whose roster this one goes back.
ALTER TABLE roster_plan ADD COLUMN returns_to TEXT;
