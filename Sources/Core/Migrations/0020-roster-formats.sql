-- What a roster was found to be, and what a person said that it is; nothing where the program finds it out.
ALTER TABLE roster_plan ADD COLUMN format TEXT;
ALTER TABLE roster_plan ADD COLUMN system_name TEXT;
ALTER TABLE roster_plan ADD COLUMN asked_format TEXT;
