-- A name that an administrator gave somebody of a roster stays, whatever the roster says: that is kept beside it.
ALTER TABLE account ADD COLUMN name_is_pinned BOOLEAN NOT NULL DEFAULT FALSE CHECK (name_is_pinned IN (TRUE, FALSE));
ALTER TABLE account ADD COLUMN roster_given_name TEXT;
ALTER TABLE account ADD COLUMN roster_family_name TEXT;
