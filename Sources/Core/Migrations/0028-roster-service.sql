-- The OneRoster service of the student system, from which the district's rosters come by themselves: at most one.
CREATE TABLE roster_service (
    id TEXT PRIMARY KEY CHECK (id = 'district'),
    version TEXT NOT NULL CHECK (version IN ('1.1', '1.2')),
    address TEXT NOT NULL,
    -- Where tokens are given (OAuth 2); null where requests are signed (OAuth 1.0a).
    token_address TEXT,
    client TEXT NOT NULL,
    scope TEXT,
    -- Minutes after midnight in the district's time zone, of the nightly reading of all; null for never.
    nightly_at BIGINT CHECK (nightly_at >= 0 AND nightly_at < 1440),
    -- Minutes between readings of what has changed; null for never.
    changes_every BIGINT CHECK (changes_every >= 15 AND changes_every <= 1440),
    -- Whether what is read on schedule is applied, but for what is held.
    applies_itself BOOLEAN NOT NULL CHECK (applies_itself IN (TRUE, FALSE)),
    -- The secret: Base64 of a ChaChaPoly box.
    key_id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES account (id)
);
-- What was asked of the service; null for a roster that was given as a file.
ALTER TABLE roster_plan ADD COLUMN pulled TEXT CHECK (pulled IN ('whole', 'changes'));
CREATE INDEX roster_plan_pulled ON roster_plan (id) WHERE pulled IS NOT NULL;
