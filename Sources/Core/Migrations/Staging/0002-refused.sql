-- What stands behind rows that were refused: still on the roster, so nothing of it is taken away.
-- kind: 'school', 'person', 'tracker', or 'place' (source_id is the person's, tracker_id the tracker's).

CREATE TABLE refused (
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    tracker_id TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, source_id, tracker_id)
) WITHOUT ROWID;
