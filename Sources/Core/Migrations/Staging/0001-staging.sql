-- The staging database of one roster plan: what was read, then what it would change. A file that can be made anew.
-- take: 'yes', 'merged' (the same row again), 'held' (contradicts another row; nothing of it is touched),
-- 'out' (names something that is not there, or does not concern us).

CREATE TABLE staged_school (
    seq INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    take TEXT NOT NULL DEFAULT 'yes',
    school_id TEXT,
    act TEXT
);
CREATE INDEX staged_school_by_source ON staged_school (source_id);

CREATE TABLE staged_term (
    source_id TEXT PRIMARY KEY,
    begins_on TEXT,
    ends_on TEXT
);

CREATE TABLE staged_person (
    seq INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL,
    role TEXT,
    username TEXT,
    username_key TEXT,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    number TEXT,
    address TEXT,
    address_key TEXT,
    grade TEXT,
    leaving_year BIGINT,
    language TEXT,
    is_enabled BOOLEAN NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    take TEXT NOT NULL DEFAULT 'yes'
);

CREATE TABLE staged_role (
    person_id TEXT NOT NULL,
    school_id TEXT NOT NULL,
    role TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    begins_on TEXT,
    ends_on TEXT,
    file TEXT NOT NULL,
    line BIGINT NOT NULL
);

CREATE TABLE staged_tracker (
    seq INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL,
    school_source_id TEXT NOT NULL,
    name TEXT NOT NULL,
    grade TEXT,
    room TEXT,
    period TEXT,
    begins_on TEXT,
    ends_on TEXT,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    take TEXT NOT NULL DEFAULT 'yes',
    tracker_id TEXT,
    act TEXT
);
CREATE INDEX staged_tracker_by_source ON staged_tracker (source_id);
CREATE TABLE staged_tracker_term (
    tracker_source_id TEXT NOT NULL,
    term_id TEXT NOT NULL
);

CREATE TABLE staged_enrollment (
    person_id TEXT NOT NULL,
    tracker_source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    begins_on TEXT,
    ends_on TEXT,
    file TEXT NOT NULL,
    line BIGINT NOT NULL
);

CREATE TABLE problem (
    reason TEXT NOT NULL,
    is_refused BOOLEAN NOT NULL,
    value TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL
);
CREATE INDEX problem_by_reason ON problem (reason, is_refused);

-- What the roster says, settled: who is where, in the order of people.
CREATE TABLE belonging (
    person_id TEXT NOT NULL,
    school_source_id TEXT NOT NULL,
    is_main BOOLEAN NOT NULL,
    PRIMARY KEY (person_id, school_source_id)
) WITHOUT ROWID;
CREATE TABLE attending (
    person_id TEXT NOT NULL,
    tracker_source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    begins_on TEXT,
    ends_on TEXT,
    PRIMARY KEY (person_id, tracker_source_id, role)
) WITHOUT ROWID;

-- The frozen changes. rank 1 are new people whose username FirstBell makes: the roster's own names come first.
CREATE TABLE person_change (
    rank BIGINT NOT NULL,
    source_id TEXT NOT NULL,
    act TEXT NOT NULL,
    account_id TEXT,
    facts TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rank, source_id)
) WITHOUT ROWID;

-- rank 0 enrollments, 1 memberships, 2 trackers, 3 people, 4 schools.
CREATE TABLE removal (
    rank BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    subject_id TEXT NOT NULL,
    target_id TEXT,
    detail TEXT NOT NULL,
    PRIMARY KEY (rank, seq)
) WITHOUT ROWID;
CREATE TABLE removal_school (
    rank BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    school_key TEXT NOT NULL,
    PRIMARY KEY (rank, seq, school_key)
) WITHOUT ROWID;
-- Schools whose removals wait; taken_run is null until a person confirmed.
CREATE TABLE waiting_school (
    school_key TEXT PRIMARY KEY,
    taken_run BIGINT
);

-- Who is touched in which school, for the plan's pages and counts.
CREATE TABLE school_change (
    school_key TEXT NOT NULL,
    change TEXT NOT NULL,
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (school_key, change, kind, source_id)
) WITHOUT ROWID;
