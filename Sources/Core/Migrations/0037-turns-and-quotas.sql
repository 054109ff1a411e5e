-- Mailings take turns at the mail server, and what it was handed lately counts against the district's quotas.

-- When the mail server last asked for the mail's body.
ALTER TABLE mail ADD COLUMN handed_at BIGINT;
CREATE INDEX mail_handed ON mail (handed_at) WHERE handed_at IS NOT NULL;

-- Mails to a single person by the time; those of mailings by whose turn it is.
DROP INDEX mail_due;
CREATE INDEX mail_due ON mail (due_at, id) WHERE priority = 0 AND state IN ('queued', 'deferred');
CREATE INDEX mail_turns ON mail (priority, mailing_id, due_at, id) WHERE priority > 0 AND state IN ('queued', 'deferred');
