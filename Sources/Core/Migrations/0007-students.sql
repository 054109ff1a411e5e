-- Lists and counters of a whole district's students: what they read stands on the row, is indexed and is counted.

-- The plain state as of seen_at, and the moment at which time alone changes it (null when it never does). Both follow the
-- facts by themselves: no statement can forget them. A row whose state_ends_at has passed is read by the expression of
-- Students/StudentState+SQL.swift, which says the same with the present moment, until housekeeping moves seen_at on.
ALTER TABLE account ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN state TEXT GENERATED ALWAYS AS (
    CASE
    WHEN kind <> 'student' THEN NULL
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
ALTER TABLE account ADD COLUMN state_ends_at BIGINT GENERATED ALWAYS AS (
    CASE
    WHEN kind <> 'student' OR suspended_at IS NOT NULL OR active_at IS NOT NULL THEN NULL
    WHEN guessed_until > seen_at THEN guessed_until
    WHEN (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END) > 0
        AND (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END)
            >= (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END)
        AND (CASE WHEN card_ends_at > seen_at THEN card_at ELSE 0 END)
            >= (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END)
        THEN card_ends_at
    WHEN (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END) > 0
        AND (CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN mail_at ELSE 0 END)
            >= (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END)
        THEN NULL
    WHEN (CASE WHEN link_ends_at > seen_at THEN link_at ELSE 0 END) > 0 THEN link_ends_at
    END
) VIRTUAL;

-- The given name as sort_name has it, for finding a child by it alone.
ALTER TABLE account ADD COLUMN given_sort TEXT;

-- Under what the tally counts a student; null while it does not. Where this is not what the row says, counters put it
-- right as they are read, and housekeeping writes it into the tally.
ALTER TABLE account ADD COLUMN counted_state TEXT;
ALTER TABLE account ADD COLUMN counted_school TEXT;
ALTER TABLE account ADD COLUMN counted_grade TEXT;

-- False once it was seen that this is the person's main school, account.school_id. Only a hint that spares a look: what is
-- aside is compared with the account's row whenever it is read.
ALTER TABLE membership ADD COLUMN is_aside BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_aside IN (TRUE, FALSE));

-- How many students are counted under a school, grade and state. school_id '' is the whole district, '-' no school;
-- grade '' is every grade, '-' none, and '=5' the grade 5.
CREATE TABLE student_tally (
    school_id TEXT NOT NULL,
    grade TEXT NOT NULL,
    state TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (school_id, grade, state)
);

UPDATE account SET counted_state = state, counted_school = school_id, counted_grade = grade WHERE state IS NOT NULL;
UPDATE membership SET is_aside = FALSE
    WHERE EXISTS (SELECT 1 FROM account a WHERE a.id = account_id AND a.school_id = membership.school_id);
INSERT INTO student_tally (school_id, grade, state, number)
    SELECT coalesce(school_id, '-'), coalesce('=' || grade, '-'), state, count(*) FROM account
    WHERE state IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO student_tally (school_id, grade, state, number)
    SELECT coalesce(school_id, '-'), '', state, count(*) FROM account WHERE state IS NOT NULL GROUP BY 1, 3;
INSERT INTO student_tally (school_id, grade, state, number)
    SELECT '', coalesce('=' || grade, '-'), state, count(*) FROM account WHERE state IS NOT NULL GROUP BY 2, 3;
INSERT INTO student_tally (school_id, grade, state, number)
    SELECT '', '', state, count(*) FROM account WHERE state IS NOT NULL GROUP BY 3;

CREATE INDEX student_by_state ON account (state, sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_by_school ON account (school_id, state, sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_by_grade ON account (grade, state, sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_by_given ON account (coalesce(given_sort, lower(given_name)), sort_name, id) WHERE state IS NOT NULL;
CREATE INDEX student_overdue ON account (state_ends_at) WHERE state_ends_at IS NOT NULL;
CREATE INDEX student_uncounted ON account ((CASE WHEN state IS NOT NULL AND (counted_state IS DISTINCT FROM state
    OR counted_school IS DISTINCT FROM school_id OR counted_grade IS DISTINCT FROM grade) THEN 1 END))
    WHERE (CASE WHEN state IS NOT NULL AND (counted_state IS DISTINCT FROM state
    OR counted_school IS DISTINCT FROM school_id OR counted_grade IS DISTINCT FROM grade) THEN 1 END) = 1;
CREATE INDEX membership_aside ON membership ((CASE WHEN is_aside THEN school_id END), account_id) WHERE is_aside;
