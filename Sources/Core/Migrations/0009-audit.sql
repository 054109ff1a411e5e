-- Which schools an act touched, with how many people of each: an administrator of schools sees these acts and their
-- own, and no number that is not theirs. The act stands here too, so that one school's acts of a kind are found at once.
-- Rows are only ever added, like those of the audit.
CREATE TABLE audit_school (
    audit_id TEXT NOT NULL REFERENCES audit (id),
    school_id TEXT NOT NULL REFERENCES school (id),
    act TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (audit_id, school_id)
);
CREATE INDEX audit_school_by_school ON audit_school (school_id, audit_id);
CREATE INDEX audit_school_by_act ON audit_school (school_id, act, audit_id);
CREATE INDEX audit_by_act ON audit (act, id);

INSERT INTO audit_school (audit_id, school_id, act, count)
SELECT u.id, m.school_id, u.act, 1 FROM audit u JOIN membership m ON m.account_id = u.subject_id;

-- How many students chose their first own password on a day of the district's time zone, each counted at the main
-- school. Written in the transaction that makes them active.
CREATE TABLE activation_day (
    day TEXT NOT NULL,
    school_id TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, school_id)
);

-- Staff who have not chosen a password, to count them.
CREATE INDEX staff_pending ON account (id) WHERE kind = 'staff' AND active_at IS NULL AND suspended_at IS NULL;
