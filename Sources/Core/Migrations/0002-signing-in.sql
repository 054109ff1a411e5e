-- What opens the door. No secret stands here: temporary passwords and links are derived from the keyring.

-- A temporary password, made when it is first shown; it is accepted from then until ends_at.
CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    key_id TEXT NOT NULL,
    form TEXT NOT NULL,
    first_shown_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX credential_by_account ON credential (account_id);

-- The id is 128 random bits. Works while generation is the account's, ends_at lies ahead and voided_at is null.
CREATE TABLE activation_link (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    origin TEXT NOT NULL CHECK (origin IN ('mail', 'terminal', 'shown')),
    key_id TEXT NOT NULL,
    generation BIGINT NOT NULL,
    address TEXT,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    voided_at BIGINT
);
CREATE INDEX activation_link_by_account ON activation_link (account_id);

-- The id is the SHA-256 of the cookie. A session at stage 'choose' may only choose an own password.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    stage TEXT NOT NULL CHECK (stage IN ('full', 'choose')),
    credential_id TEXT,
    language TEXT,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CHECK ((stage = 'choose') = (credential_id IS NOT NULL))
);
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_end ON session (ends_at);

-- Failed tries by the name that was typed, whether or not an account has it.
CREATE TABLE throttle (
    name_key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX throttle_by_last ON throttle (last_at);
