-- Every list of a district is narrowed by school: so many names are read in order with each page.
CREATE INDEX school_by_name ON school (name, id) WHERE ended_at IS NULL;
