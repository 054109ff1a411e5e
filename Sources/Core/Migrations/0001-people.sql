-- The district, its schools, the people in them and their trackers.
-- Instants are milliseconds since 1970 UTC, days are 'YYYY-MM-DD' with exclusive ends, ids are UUID version 7.

CREATE TABLE district (
    id TEXT PRIMARY KEY CHECK (id = 'district'),
    name TEXT NOT NULL,
    language TEXT NOT NULL
);
INSERT INTO district (id, name, language) VALUES ('district', 'Our district', 'en');

CREATE TABLE school (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT,
    source TEXT,
    source_id TEXT,
    ended_at BIGINT,
    UNIQUE (source, source_id)
);

-- A person who can sign in. The columns from mail_state on are the facts that name a student's plain state;
-- each is written in the statement that makes it true (Students/StudentState+SQL.swift reads them).
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('student', 'staff')),
    origin TEXT NOT NULL CHECK (origin IN ('roster', 'hand')),
    school_id TEXT REFERENCES school (id),
    username TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    number TEXT,
    grade TEXT,
    language TEXT,
    roster_language TEXT,
    address TEXT,
    address_key TEXT,
    address_is_bad BOOLEAN NOT NULL DEFAULT FALSE CHECK (address_is_bad IN (TRUE, FALSE)),
    password_hash TEXT,
    active_at BIGINT,
    suspended_at BIGINT,
    suspended_for TEXT CHECK (suspended_for IN ('roster', 'disabled', 'hand')),
    generation BIGINT NOT NULL DEFAULT 0,
    credential_id TEXT,
    mail_state TEXT CHECK (mail_state IN ('queued', 'sending', 'in_data', 'accepted', 'deferred', 'failed', 'unknown',
        'held', 'cancelled', 'bounced')),
    mail_at BIGINT,
    mail_reason TEXT,
    link_state TEXT CHECK (link_state IN ('mailed', 'maybe')),
    link_at BIGINT,
    link_ends_at BIGINT,
    card_state TEXT CHECK (card_state IN ('printed', 'handed')),
    card_at BIGINT,
    card_ends_at BIGINT,
    guessed_until BIGINT,
    CHECK ((active_at IS NULL) = (password_hash IS NULL)),
    CHECK ((suspended_at IS NULL) = (suspended_for IS NULL)),
    CHECK ((address IS NULL) = (address_key IS NULL))
);
CREATE INDEX account_by_school ON account (school_id, kind, sort_name, id);
CREATE INDEX account_by_address ON account (address_key) WHERE address_key IS NOT NULL;
CREATE INDEX staff_by_name ON account (sort_name, id) WHERE kind = 'staff';

-- Every username that was ever given out, folded for comparing: none is used twice.
CREATE TABLE username (
    name_key TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id)
);

-- Who a person is in a roster: a source and that source's id.
CREATE TABLE account_source (
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (source, source_id)
);
CREATE INDEX account_source_by_account ON account_source (account_id);

CREATE TABLE membership (
    account_id TEXT NOT NULL REFERENCES account (id),
    school_id TEXT NOT NULL REFERENCES school (id),
    PRIMARY KEY (account_id, school_id)
);
CREATE INDEX membership_by_school ON membership (school_id, account_id);

CREATE TABLE administrator (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    scope TEXT NOT NULL CHECK (scope IN ('district', 'schools'))
);
CREATE TABLE administrator_school (
    account_id TEXT NOT NULL REFERENCES administrator (account_id),
    school_id TEXT NOT NULL REFERENCES school (id),
    PRIMARY KEY (account_id, school_id)
);

CREATE TABLE tracker (
    id TEXT PRIMARY KEY,
    school_id TEXT NOT NULL REFERENCES school (id),
    name TEXT NOT NULL,
    grade TEXT,
    room TEXT,
    period TEXT,
    begins_on TEXT,
    ends_on TEXT,
    source TEXT,
    source_id TEXT,
    ended_at BIGINT,
    UNIQUE (source, source_id)
);
CREATE INDEX tracker_by_school ON tracker (school_id, name);

CREATE TABLE enrollment (
    tracker_id TEXT NOT NULL REFERENCES tracker (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('student', 'teacher')),
    is_primary BOOLEAN NOT NULL DEFAULT FALSE CHECK (is_primary IN (TRUE, FALSE)),
    begins_on TEXT,
    ends_on TEXT,
    PRIMARY KEY (tracker_id, account_id, role)
);
CREATE INDEX enrollment_by_account ON enrollment (account_id, role, tracker_id);
