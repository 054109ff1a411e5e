-- Staff: what a person gives to somebody beside what a roster says of them.

-- A place in a tracker that a person gave in FirstBell is 'hand': no roster changes it or takes it away.
ALTER TABLE enrollment ADD COLUMN origin TEXT NOT NULL DEFAULT 'roster' CHECK (origin IN ('roster', 'hand'));

-- What a roster says that somebody is beside or instead of a teacher (`RosterRoles` has the form); null for plain teachers.
-- It gives no right: role_waits is true until an administrator has granted it or dismissed it.
ALTER TABLE account ADD COLUMN roster_roles TEXT;
ALTER TABLE account ADD COLUMN role_waits BOOLEAN NOT NULL DEFAULT FALSE CHECK (role_waits IN (TRUE, FALSE));
CREATE INDEX role_proposals ON account (sort_name, id) WHERE role_waits;

-- For the list of staff: its counts without a look at any row, and the Pending by name.
CREATE INDEX staff_by_state ON account (suspended_at, active_at, sort_name, id) WHERE kind = 'staff';
