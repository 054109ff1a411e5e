-- Staff: what a person gives to somebody beside what a roster says of them.

-- A place in a tracker that a person gave in FirstBell is 'hand': no roster changes it or takes it away.
ALTER TABLE enrollment ADD COLUMN origin TEXT NOT NULL DEFAULT 'roster' CHECK (origin IN ('roster', 'hand'));
