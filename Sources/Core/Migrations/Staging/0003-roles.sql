-- Roles other than teacher: the roster's word for each, where it holds, and what of it the plan hands over (RosterRoles).
ALTER TABLE staged_role ADD COLUMN word TEXT NOT NULL DEFAULT '';
ALTER TABLE person_change ADD COLUMN roles TEXT;

-- school_source_id is empty where the role is not one of a school.
CREATE TABLE standing (
    person_id TEXT NOT NULL,
    word TEXT NOT NULL,
    school_source_id TEXT NOT NULL,
    PRIMARY KEY (person_id, word, school_source_id)
) WITHOUT ROWID;
