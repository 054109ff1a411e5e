-- School Data Sync 2.1 tells a student's grade with the role.
ALTER TABLE staged_role ADD COLUMN grade TEXT;
