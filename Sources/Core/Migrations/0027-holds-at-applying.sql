-- Whether a plan takes anything out of a school: blackout dates are looked at when it is applied, too.
ALTER TABLE roster_plan_school ADD COLUMN has_removals BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (has_removals IN (TRUE, FALSE));
UPDATE roster_plan_school SET has_removals = TRUE
WHERE is_held OR students_leaving + staff_leaving > 0;
