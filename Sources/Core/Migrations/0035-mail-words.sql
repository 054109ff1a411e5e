-- What a district and its schools say in their mails in FirstBell's place. Each saved change is an edition with the next
-- number and stays for good: a mail is made from the edition that was the newest when it was queued, a mailing's mails from
-- the one at its press (mailing.template_version), so that no change reaches a mail on its way. Edition 1 is FirstBell's own.
CREATE TABLE mail_edition (
    number BIGINT PRIMARY KEY CHECK (number > 1),
    act_id TEXT NOT NULL UNIQUE,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL
);

-- Subject and text of one letter in one language; both null: FirstBell's own words again.
CREATE TABLE mail_words (
    edition BIGINT PRIMARY KEY REFERENCES mail_edition (number),
    letter TEXT NOT NULL CHECK (letter IN ('activation-student', 'activation-staff', 'renewal-student', 'renewal-staff')),
    language TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    CHECK ((subject IS NULL) = (body IS NULL))
);
CREATE INDEX mail_words_by_letter ON mail_words (letter, language, edition);

-- Who the mails to a school's people are from. Without a school: the district's, where a school says nothing itself.
CREATE TABLE mail_sender (
    edition BIGINT PRIMARY KEY REFERENCES mail_edition (number),
    school_id TEXT REFERENCES school (id),
    name TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE INDEX mail_sender_by_school ON mail_sender (school_id, edition);

-- Of a mail that belongs to no mailing.
ALTER TABLE mail ADD COLUMN edition BIGINT;
