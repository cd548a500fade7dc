-- Several practices in one installation: how each wants its pages to look, and a way for hosts to see at a glance
-- which of them have lists to work through.

-- Red, green and blue in hexadecimal, such as 0b5d66; empty where the portal's own colour will do.
ALTER TABLE practice ADD COLUMN accent TEXT NOT NULL DEFAULT '';

CREATE INDEX batch_with_work ON batch (practice) WHERE has_work = 1;
