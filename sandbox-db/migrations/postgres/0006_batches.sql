-- Many patients invited in one go: the lists that staff made, what came of each patient, and how far the
-- host is with it.

CREATE TABLE batch (
    practice     TEXT COLLATE "C" NOT NULL REFERENCES practice (id),
    -- 1, 2, 3 ...: staff know it as list 1, list 2, list 3.
    number       BIGINT  NOT NULL,
    state        TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'running', 'done', 'cancelled', 'stopped')),
    -- Why it stopped by itself.
    why          TEXT,
    -- Who made it; once it is started, who started it and in whose name it goes on, and from where.
    staff        TEXT COLLATE "C" NOT NULL,
    address      TEXT,
    created      BIGINT  NOT NULL,
    started      BIGINT,
    ended        BIGINT,
    total        BIGINT  NOT NULL,
    -- What came of the patients before this position is known.
    done         BIGINT  NOT NULL,
    -- Those before this one have been asked about: the ones between are under way, or were when a host ended.
    taken        BIGINT  NOT NULL,
    -- Whether a host has something to do: running, or not yet sure of what is under way.
    has_work     BIGINT  NOT NULL GENERATED ALWAYS AS (
        CASE WHEN state = 'running' OR taken > done THEN 1 ELSE 0 END) STORED,
    -- The host that is at it, and until when others leave it alone.
    lease_holder TEXT,
    lease_until  BIGINT  NOT NULL,
    PRIMARY KEY (practice, number),
    FOREIGN KEY (practice, staff) REFERENCES staff (practice, id),
    CHECK (0 <= done AND done <= taken AND taken <= total)
);
CREATE INDEX batch_by_work ON batch (practice, has_work, number);

CREATE TABLE batch_patient (
    practice TEXT COLLATE "C" NOT NULL,
    batch    BIGINT NOT NULL,
    -- 0, 1, 2 ... in the order of the list.
    position BIGINT NOT NULL,
    patient  TEXT COLLATE "C" NOT NULL,
    -- Empty until it is known.
    outcome  TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (outcome IN ('', 'invited', 'left-out')),
    -- The key of the portal's reason for leaving the patient out, or empty; and its words.
    reason   TEXT COLLATE "C" NOT NULL DEFAULT '',
    label    TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (practice, batch, position),
    CONSTRAINT batch_patient_patient_unique UNIQUE (practice, batch, patient),
    FOREIGN KEY (practice, batch) REFERENCES batch (practice, number),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX batch_patient_by_outcome ON batch_patient (practice, batch, outcome, reason, position);

-- Lines of an uploaded list that nobody could be found by.
CREATE TABLE batch_fault (
    practice TEXT COLLATE "C" NOT NULL,
    batch    BIGINT NOT NULL,
    line     BIGINT NOT NULL,
    -- What stands there; what is longer than a chart number can be, cut short.
    cell     TEXT   NOT NULL,
    fault    TEXT   NOT NULL,
    PRIMARY KEY (practice, batch, line),
    FOREIGN KEY (practice, batch) REFERENCES batch (practice, number)
);
