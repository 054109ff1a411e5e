-- Who did what to whom. Written first, in the transaction of what it tells of; rows are only ever added.

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT REFERENCES account (id),
    act TEXT NOT NULL,
    subject_id TEXT REFERENCES account (id),
    count BIGINT NOT NULL DEFAULT 1,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_by_subject ON audit (subject_id, id);
CREATE INDEX audit_by_actor ON audit (actor_id, id);
