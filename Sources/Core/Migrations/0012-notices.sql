-- Mails beside activation emails: a new password that somebody has asked for, and notices of what happened to an account.

-- 'renewal' opens an active account to whoever has forgotten its password, 'activation' one that waits; never the other.
ALTER TABLE activation_link ADD COLUMN purpose TEXT NOT NULL DEFAULT 'activation'
    CHECK (purpose IN ('activation', 'renewal'));

-- Set while somebody has said "This was not me" and nobody has settled it.
ALTER TABLE account ADD COLUMN disowned_at BIGINT;

-- The outbox again, for mails that belong to no mailing: the address of a notice is fixed when it is queued.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'activation' CHECK (kind IN ('activation', 'renewal', 'notice')),
    mailing_id TEXT REFERENCES mailing (id),
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
    position BIGINT NOT NULL DEFAULT 0,
    UNIQUE (mailing_id, account_id),
    CHECK (mailing_id IS NULL OR kind = 'activation')
);
INSERT INTO outbox (id, mailing_id, account_id, state, state_at, priority, due_at, attempts, first_tried_at, address,
    language, link_id, reason, position)
SELECT id, mailing_id, account_id, state, state_at, priority, due_at, attempts, first_tried_at, address, language,
    link_id, reason, position FROM mail;
DROP TABLE mail;
ALTER TABLE outbox RENAME TO mail;
CREATE INDEX mail_due ON mail (priority, due_at, id) WHERE state IN ('queued', 'deferred');
CREATE INDEX mail_under_way ON mail (state) WHERE state IN ('sending', 'in_data', 'held');
CREATE INDEX mail_by_account ON mail (account_id, state_at);
CREATE INDEX mail_by_mailing ON mail (mailing_id, state, position, id);

-- What a notice tells of, and what its reader answered. generation is the account's right after the event: as long as it
-- stands, nobody has chosen or reset a password since. key_id is set when the mail is sent.
CREATE TABLE notice (
    mail_id TEXT PRIMARY KEY REFERENCES mail (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    event TEXT NOT NULL CHECK (event IN ('password-chosen', 'password-changed', 'password-reset', 'address-changed')),
    actor_id TEXT REFERENCES account (id),
    generation BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    key_id TEXT,
    disowned_at BIGINT,
    closed_account BOOLEAN NOT NULL DEFAULT FALSE CHECK (closed_account IN (TRUE, FALSE))
);
CREATE INDEX notice_by_account ON notice (account_id, made_at);

-- How often something was done by or for somebody lately.
CREATE TABLE allowance (
    key TEXT PRIMARY KEY,
    since BIGINT NOT NULL,
    number BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX allowance_by_last ON allowance (last_at);
