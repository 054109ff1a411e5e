-- Staff of whom somebody said "This was not me", to count them.
CREATE INDEX account_disowned ON account (id) WHERE disowned_at IS NOT NULL;
