-- The index holds the column itself: PostgreSQL reads names from an index only where no expression stands in it.
UPDATE account SET given_sort = lower(given_name) WHERE given_sort IS NULL;
DROP INDEX student_by_given;
CREATE INDEX student_by_given ON account (given_sort, sort_name, id) WHERE state IS NOT NULL;
