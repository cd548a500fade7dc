-- Demographics. Empty text means nothing on file, where NULL is not allowed.
CREATE TABLE patient (
    practice               TEXT COLLATE "C" NOT NULL REFERENCES practice (id),
    -- The chart number.
    id                     TEXT COLLATE "C" NOT NULL,
    -- YYYY-MM-DD, so that it compares as text.
    birth_date             TEXT COLLATE "C",
    language               TEXT,
    sex                    TEXT NOT NULL,
    marital_status         TEXT NOT NULL,
    preferred_name         TEXT NOT NULL,
    phone                  TEXT NOT NULL,
    email                  TEXT NOT NULL,
    street                 TEXT NOT NULL,
    city                   TEXT NOT NULL,
    state                  TEXT NOT NULL,
    postal_code            TEXT NOT NULL,
    occupation             TEXT NOT NULL,
    emergency_name         TEXT NOT NULL,
    emergency_relationship TEXT NOT NULL,
    emergency_phone        TEXT NOT NULL,
    PRIMARY KEY (practice, id)
);
CREATE INDEX patient_by_birth_date ON patient (practice, birth_date, id);

-- Every name a patient is on file under: position 0 is the name of record, the rest are other names.
-- A single name stands in family_name, without a given name.
CREATE TABLE patient_name (
    practice      TEXT   COLLATE "C" NOT NULL,
    patient       TEXT   COLLATE "C" NOT NULL,
    position      BIGINT NOT NULL,
    given_name    TEXT,
    family_name   TEXT   NOT NULL,
    -- As searched and sorted: no case, no accents, no punctuation. See src/folding.rs.
    given_folded  TEXT   COLLATE "C" NOT NULL,
    family_folded TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (practice, patient, position),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX patient_name_by_family
    ON patient_name (practice, family_folded, given_folded, patient, position);
CREATE INDEX patient_name_by_given
    ON patient_name (practice, given_folded, family_folded, patient, position);
