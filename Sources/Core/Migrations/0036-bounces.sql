-- Mails that came back.

-- What the report was about: there is no such address; trouble that may pass, as a full mailbox; a refusal of this mail.
ALTER TABLE mail ADD COLUMN bounce TEXT CHECK (bounce IN ('address', 'soft', 'refused'));
CREATE INDEX mail_bounced ON mail (state_at) WHERE state = 'bounced';
