-- Mailings and the outbox. No body and no link at rest: a mail is rendered when it is sent.
-- act_id is made with the form, so that pressing again finds what was done.

CREATE TABLE mailing (
    id TEXT PRIMARY KEY,
    act_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('student', 'staff')),
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    sender_name TEXT NOT NULL,
    sender_place TEXT NOT NULL,
    all_trackers BOOLEAN NOT NULL CHECK (all_trackers IN (TRUE, FALSE)),
    message TEXT NOT NULL,
    template_version BIGINT NOT NULL
);
CREATE INDEX mailing_by_maker ON mailing (made_by, made_at);

CREATE TABLE mailing_tracker (
    mailing_id TEXT NOT NULL REFERENCES mailing (id),
    tracker_id TEXT NOT NULL REFERENCES tracker (id),
    PRIMARY KEY (mailing_id, tracker_id)
);

-- Who of the chosen got no mail, and why.
CREATE TABLE mailing_skip (
    mailing_id TEXT NOT NULL REFERENCES mailing (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL CHECK (reason IN ('noAddress', 'bounced', 'maybe', 'recent', 'active', 'suspended')),
    PRIMARY KEY (mailing_id, account_id)
);

-- priority 0 goes before 1: a row's single mail overtakes a mailing of thousands.
CREATE TABLE mail (
    id TEXT PRIMARY KEY,
    mailing_id TEXT NOT NULL REFERENCES mailing (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'in_data', 'accepted', 'deferred', 'failed', 'unknown',
        'held', 'cancelled', 'bounced')),
    state_at BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    first_tried_at BIGINT,
    address TEXT,
    language TEXT NOT NULL,
    link_id TEXT REFERENCES activation_link (id),
    reason TEXT,
    UNIQUE (mailing_id, account_id)
);
CREATE INDEX mail_due ON mail (priority, due_at, id) WHERE state IN ('queued', 'deferred');
CREATE INDEX mail_under_way ON mail (state) WHERE state IN ('sending', 'in_data', 'held');
CREATE INDEX mail_by_account ON mail (account_id, state_at);
