-- Of two ids under which one source names the same person: the one that the plans go by. Null where there is one id.
ALTER TABLE account_source ADD COLUMN same_as TEXT;
CREATE INDEX account_source_joined ON account_source (source) WHERE same_as IS NOT NULL;
