-- How long this session lives without a request, in milliseconds: as the settings were when it began.
ALTER TABLE session ADD COLUMN idle BIGINT NOT NULL DEFAULT 1800000 CHECK (idle > 0);
