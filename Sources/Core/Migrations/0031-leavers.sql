-- People who left: archived after a while, and after a longer one erased, if the district wants that.

ALTER TABLE district ADD COLUMN archive_after_days BIGINT NOT NULL DEFAULT 30 CHECK (archive_after_days > 0);
-- Null for never.
ALTER TABLE district ADD COLUMN erase_after_days BIGINT CHECK (erase_after_days >= archive_after_days);
ALTER TABLE district ADD COLUMN erases_by_itself BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (erases_by_itself IN (TRUE, FALSE) AND (erases_by_itself = FALSE OR erase_after_days IS NOT NULL));

-- Since when somebody whom a roster suspended stands on no list any more; from before a later suspension it says nothing.
ALTER TABLE account ADD COLUMN archived_at BIGINT;
-- An erased person: nothing of them stands here, and nothing ever will again. What they did is told of nobody in particular.
ALTER TABLE account ADD COLUMN erased_at BIGINT CHECK (erased_at IS NULL OR (coalesce(suspended_for, '') = 'roster' AND origin = 'roster'
    AND username = '' AND given_name = '' AND family_name = '' AND sort_name = '' AND number IS NULL AND address IS NULL
    AND password_hash IS NULL AND school_id IS NULL));

-- The plain state again, with 'archived', and none for the erased.
DROP INDEX student_by_state;
DROP INDEX student_by_school;
DROP INDEX student_by_grade;
DROP INDEX student_by_given;
DROP INDEX student_uncounted;
ALTER TABLE account DROP COLUMN state;
ALTER TABLE account ADD COLUMN state TEXT GENERATED ALWAYS AS (
    CASE
    WHEN kind <> 'student' OR erased_at IS NOT NULL THEN NULL
    WHEN suspended_for = 'roster' AND archived_at > suspended_at THEN 'archived'
    WHEN suspended_at IS NOT NULL THEN 'suspended'
    WHEN active_at IS NOT NULL THEN 'active'
    WHEN guessed_until > seen_at THEN 'locked'
    WHEN (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END) > 0
        AND (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END)
            >= (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END)
        AND (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END)
            >= (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END)
        THEN card_state
    WHEN (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END) > 0
        AND (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END)
            >= (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END)
        THEN 'sending'
    WHEN (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END) > 0 THEN link_state
    WHEN mail_state = 'bounced' THEN 'bounced'
    WHEN mail_state = 'failed' THEN 'failed'
    WHEN card_ends_at IS NOT NULL OR link_ends_at IS NOT NULL THEN 'ranOut'
    WHEN address IS NULL THEN 'noAddress'
    ELSE 'notMailed' END
) VIRTUAL;
CREATE INDEX student_by_state ON account (state, sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_by_school ON account (school_id, state, sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_by_grade ON account (grade, state, sort_name, id) WHERE state IS NOT NULL;
-- The state stands here too, since searches pass over the archived.
CREATE INDEX student_by_given ON account (given_sort, sort_name, id, state) WHERE state IS NOT NULL;
-- An erased student is still counted until the tally is told.
CREATE INDEX student_uncounted ON account ((CASE WHEN counted_state IS DISTINCT FROM state OR (state IS NOT NULL
    AND (counted_school IS DISTINCT FROM school_id OR counted_grade IS DISTINCT FROM grade)) THEN 1 END))
    WHERE (CASE WHEN counted_state IS DISTINCT FROM state OR (state IS NOT NULL
    AND (counted_school IS DISTINCT FROM school_id OR counted_grade IS DISTINCT FROM grade)) THEN 1 END) = 1;
-- The list of staff leaves the erased out.
DROP INDEX staff_by_state;
CREATE INDEX staff_by_state ON account (suspended_at, active_at, sort_name, id) WHERE kind = 'staff' AND erased_at IS NULL;

-- Who left, the longest ago first; and whom time has yet to archive, or a longer time to bring back to the lists.
CREATE INDEX leaver_by_time ON account (suspended_at, id) WHERE suspended_for = 'roster' AND erased_at IS NULL;
CREATE INDEX leaver_by_school ON account (school_id, suspended_at, id) WHERE suspended_for = 'roster' AND erased_at IS NULL;
CREATE INDEX leaver_to_archive ON account (suspended_at)
    WHERE suspended_for = 'roster' AND erased_at IS NULL AND (archived_at IS NULL OR archived_at <= suspended_at);
CREATE INDEX leaver_archived ON account (suspended_at)
    WHERE suspended_for = 'roster' AND erased_at IS NULL AND archived_at > suspended_at;

-- A press of "Erase these people", or the district's rule at work: everybody who left by left_until, of a school or of all.
CREATE TABLE erasure (
    id TEXT PRIMARY KEY,
    act_id TEXT UNIQUE,
    -- Null where the rule did it.
    made_by TEXT REFERENCES account (id),
    made_at BIGINT NOT NULL,
    left_until BIGINT NOT NULL,
    school_id TEXT REFERENCES school (id),
    expected BIGINT NOT NULL,
    erased BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT,
    server_id TEXT,
    CHECK ((made_by IS NULL) = (act_id IS NULL))
);
CREATE INDEX erasure_under_way ON erasure (id) WHERE ended_at IS NULL;

-- What an erased person is looked for by.
CREATE INDEX mailing_skip_by_account ON mailing_skip (account_id);
CREATE INDEX roster_problem_place_by_value ON roster_problem_place (value);
