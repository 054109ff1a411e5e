-- Enrollments that gave nobody a place: what is wrong with each is asked of these alone.
CREATE TABLE seatless (
    person_id TEXT NOT NULL,
    tracker_source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL
);
