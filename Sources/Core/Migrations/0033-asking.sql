-- A student whose way in had run out, who asked for a new one, and to whom none can be mailed: the teacher sees it. Older than
-- the newest mail or card it says nothing any more.
ALTER TABLE account ADD COLUMN asked_at BIGINT;
CREATE INDEX account_asking ON account (asked_at, id) WHERE asked_at IS NOT NULL;
