-- The moving of a district from one database to another. One row at most, on either side with the same id: while it has no
-- end nobody may use the target, and once it has one nobody may use the source, or both would send the same mails.
CREATE TABLE database_copy (
    id TEXT PRIMARY KEY,
    side TEXT NOT NULL CHECK (side IN ('source', 'target')),
    -- The other side in words.
    other TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT
);
