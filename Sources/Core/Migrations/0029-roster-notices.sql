-- Mails to the district's administrators about a roster that needs one of them. The outbox knows them as notices.
CREATE TABLE roster_notice (
    mail_id TEXT PRIMARY KEY REFERENCES mail (id),
    plan_id TEXT NOT NULL REFERENCES roster_plan (id),
    event TEXT NOT NULL CHECK (event IN ('held', 'waiting', 'refused'))
);
