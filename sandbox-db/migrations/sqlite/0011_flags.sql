-- Yes and no are numbers, 1 and 0, as in the columns added since: both databases write and read those alike.
ALTER TABLE access_level ADD COLUMN is_built_in BIGINT NOT NULL DEFAULT 0 CHECK (is_built_in IN (0, 1));
UPDATE access_level SET is_built_in = built_in;
ALTER TABLE access_level DROP COLUMN built_in;
ALTER TABLE access_level RENAME COLUMN is_built_in TO built_in;

ALTER TABLE add_on ADD COLUMN is_switched_on BIGINT NOT NULL DEFAULT 0 CHECK (is_switched_on IN (0, 1));
UPDATE add_on SET is_switched_on = is_on;
ALTER TABLE add_on DROP COLUMN is_on;
ALTER TABLE add_on RENAME COLUMN is_switched_on TO is_on;

DROP INDEX batch_by_work;
ALTER TABLE batch DROP COLUMN has_work;
ALTER TABLE batch ADD COLUMN has_work BIGINT
    GENERATED ALWAYS AS (CASE WHEN state = 'running' OR taken > done THEN 1 ELSE 0 END) VIRTUAL;
CREATE INDEX batch_by_work ON batch (practice, has_work, number);
