-- Staff of whom somebody said "This was not me", to count them.
CREATE INDEX account_disowned ON account (id) WHERE disowned_at IS NOT NULL;

-- How far whoever suspended somebody by hand reached at that moment: only who reaches as far lets them in again. Null where
-- a roster suspended, or nobody.
ALTER TABLE account ADD COLUMN suspended_scope TEXT CHECK (suspended_scope IN ('district', 'schools'));
-- Of the scope 'schools': which ones.
CREATE TABLE suspension_school (
    account_id TEXT NOT NULL REFERENCES account (id),
    school_id TEXT NOT NULL REFERENCES school (id),
    PRIMARY KEY (account_id, school_id)
);

-- Of those suspended before, the audit says by whom. Whoever administered schools then, and still does in the same role,
-- counts with the schools of now. Where that is not certain, the whole district it is.
UPDATE account SET suspended_scope = 'district' WHERE suspended_for = 'hand';
UPDATE account SET suspended_scope = 'schools' WHERE suspended_for = 'hand' AND EXISTS (
    SELECT 1 FROM audit u JOIN administrator r ON r.account_id = u.actor_id AND r.scope = 'schools'
    WHERE u.subject_id = account.id AND u.act = 'account-suspended'
    AND NOT EXISTS (SELECT 1 FROM audit v WHERE v.subject_id = u.subject_id AND v.act = u.act AND v.id > u.id)
    AND NOT EXISTS (SELECT 1 FROM audit w WHERE w.subject_id = u.actor_id AND w.id > u.id
        AND w.act IN ('administrator-made', 'administrator-scope-changed', 'administrator-ended')));
INSERT INTO suspension_school (account_id, school_id)
SELECT DISTINCT a.id, h.school_id FROM account a
JOIN audit u ON u.subject_id = a.id AND u.act = 'account-suspended'
JOIN administrator_school h ON h.account_id = u.actor_id
WHERE a.suspended_scope = 'schools'
AND NOT EXISTS (SELECT 1 FROM audit v WHERE v.subject_id = u.subject_id AND v.act = u.act AND v.id > u.id);

-- The schools of a row that may be somebody made by hand, those of its trackers too, by FirstBell's ids: one that a roster plan
-- has yet to add is not in the table of schools. A question from before this has none, and is the whole district's until the
-- next roster asks it anew.
CREATE TABLE person_match_school (
    match_id TEXT NOT NULL REFERENCES person_match (id) ON DELETE CASCADE,
    school_id TEXT NOT NULL,
    PRIMARY KEY (match_id, school_id)
);
