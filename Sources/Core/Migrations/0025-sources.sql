-- What rosters come from beside the packages that are uploaded (source 'roster'): each has schools and people of its own.
CREATE TABLE roster_source (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('list')),
    -- Of a list: what its columns were said to hold, by the list's shape.
    columns TEXT,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id)
);

-- A list that was given and waits, sealed, until somebody has said what its columns hold.
CREATE TABLE list_draft (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES roster_source (id),
    file_name TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    sealed TEXT NOT NULL
);
