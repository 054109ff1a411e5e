-- A school of which most people would change at once: their changes wait for a person like removals do.
ALTER TABLE roster_plan_school ADD COLUMN students_altered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE roster_plan_school ADD COLUMN staff_altered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE roster_plan_school ADD COLUMN changes_wait BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (changes_wait IN (TRUE, FALSE));
