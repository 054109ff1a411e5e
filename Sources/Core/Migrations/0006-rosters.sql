-- Rosters that were given, what each would change, and how far it got. The plan itself is frozen in a staging
-- database of its own; what stands here outlives it.

-- What the roster last said of an address, so that one set by hand stays until the roster says something new.
ALTER TABLE account ADD COLUMN roster_address TEXT;

CREATE TABLE roster_plan (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    made_by TEXT REFERENCES account (id),
    made_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'ready', 'applying', 'applied', 'refused', 'lapsed', 'discarded')),
    -- True while the staging database is there: the plan, or what of it waits for a person, can be applied.
    is_open BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_open IN (TRUE, FALSE)),
    lines BIGINT NOT NULL DEFAULT 0,
    percent BIGINT NOT NULL DEFAULT 0,
    refused_reason TEXT,
    refused_value TEXT,
    refused_file TEXT,
    refused_line BIGINT,
    students_new BIGINT NOT NULL DEFAULT 0,
    students_changed BIGINT NOT NULL DEFAULT 0,
    students_leaving BIGINT NOT NULL DEFAULT 0,
    students_back BIGINT NOT NULL DEFAULT 0,
    staff_new BIGINT NOT NULL DEFAULT 0,
    staff_changed BIGINT NOT NULL DEFAULT 0,
    staff_leaving BIGINT NOT NULL DEFAULT 0,
    staff_back BIGINT NOT NULL DEFAULT 0,
    trackers_new BIGINT NOT NULL DEFAULT 0,
    trackers_changed BIGINT NOT NULL DEFAULT 0,
    trackers_leaving BIGINT NOT NULL DEFAULT 0,
    trackers_back BIGINT NOT NULL DEFAULT 0,
    is_waiting BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_waiting IN (TRUE, FALSE)),
    confirmed_by TEXT REFERENCES account (id),
    -- The applying: which run, who drives it, where it stands and how much is done of how much.
    run BIGINT NOT NULL DEFAULT 0,
    runner TEXT,
    position TEXT NOT NULL DEFAULT '',
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    applied_at BIGINT,
    applied_by TEXT REFERENCES account (id)
);
CREATE INDEX roster_plan_under_way ON roster_plan (state) WHERE state IN ('reading', 'ready', 'applying');

-- A school with changes, under the roster's id. Its removals are taken in the run in which taken_run was set.
CREATE TABLE roster_plan_school (
    plan_id TEXT NOT NULL REFERENCES roster_plan (id),
    school_key TEXT NOT NULL,
    name TEXT NOT NULL,
    is_new BOOLEAN NOT NULL CHECK (is_new IN (TRUE, FALSE)),
    students_now BIGINT NOT NULL,
    staff_now BIGINT NOT NULL,
    trackers_now BIGINT NOT NULL,
    trackers_named BIGINT NOT NULL,
    students_new BIGINT NOT NULL,
    students_changed BIGINT NOT NULL,
    students_leaving BIGINT NOT NULL,
    students_back BIGINT NOT NULL,
    staff_new BIGINT NOT NULL,
    staff_changed BIGINT NOT NULL,
    staff_leaving BIGINT NOT NULL,
    staff_back BIGINT NOT NULL,
    is_held BOOLEAN NOT NULL CHECK (is_held IN (TRUE, FALSE)),
    confirmed_by TEXT REFERENCES account (id),
    taken_run BIGINT,
    PRIMARY KEY (plan_id, school_key)
);

-- Rows that were left out or taken with a change: all counted, the first of each reason named.
CREATE TABLE roster_problem (
    plan_id TEXT NOT NULL REFERENCES roster_plan (id),
    position BIGINT NOT NULL,
    reason TEXT NOT NULL,
    is_refused BOOLEAN NOT NULL CHECK (is_refused IN (TRUE, FALSE)),
    count BIGINT NOT NULL,
    PRIMARY KEY (plan_id, position)
);
CREATE TABLE roster_problem_place (
    plan_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    number BIGINT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (plan_id, position, number),
    FOREIGN KEY (plan_id, position) REFERENCES roster_problem (plan_id, position)
);
