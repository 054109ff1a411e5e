-- People added by hand, usernames that were changed, and rows of a roster that may be somebody who is here already.

-- The press of Save that made an account by hand: pressed again, it is found.
ALTER TABLE account ADD COLUMN act_id TEXT;
CREATE UNIQUE INDEX account_by_act ON account (act_id) WHERE act_id IS NOT NULL;
-- Those by hand are few: a roster looks for its new people among them.
CREATE INDEX account_by_hand ON account (kind, number) WHERE origin = 'hand';

-- A username that a person chose in FirstBell; then roster_username is what the roster last said.
ALTER TABLE account ADD COLUMN username_is_pinned BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (username_is_pinned IN (TRUE, FALSE));
ALTER TABLE account ADD COLUMN roster_username TEXT;
-- A name beside the one that is shown, as it was written; null for the one that is shown.
ALTER TABLE username ADD COLUMN alias TEXT;
CREATE INDEX username_alias ON username (account_id) WHERE alias IS NOT NULL;

-- A row of a roster with the number or address of an account made by hand. While nobody has answered whether they are
-- the same person the row is left out. The facts are the roster's.
CREATE TABLE person_match (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    plan_id TEXT NOT NULL REFERENCES roster_plan (id),
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    username TEXT,
    number TEXT,
    address TEXT,
    grade TEXT,
    schools TEXT NOT NULL,
    trackers TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('same', 'two')),
    answered_by TEXT REFERENCES account (id),
    answered_at BIGINT,
    UNIQUE (source, source_id, account_id),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX person_match_by_account ON person_match (account_id);
CREATE INDEX person_match_open ON person_match (id) WHERE answer IS NULL;
