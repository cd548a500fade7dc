-- The portal's own tables: accounts, patients' sessions, what they log in with besides a password, and counters
-- that slow down guessing.
CREATE TABLE portal_account (
    practice            TEXT   COLLATE "C" NOT NULL,
    patient             TEXT   COLLATE "C" NOT NULL,
    -- invited, lapsed, active or off; the columns of the other states are NULL.
    state               TEXT   COLLATE "C" NOT NULL,
    -- A keyed hash of the Portal ID, the number of the host's key, and the ciphertext.
    portal_id_look_up   BYTEA,
    portal_id_key       BIGINT,
    portal_id_sealed    BYTEA,
    portal_id_issued    BIGINT,
    portal_id_expires   BIGINT,
    lapsed_at           BIGINT,
    lapsed_how          TEXT   CHECK (lapsed_how IN ('expired', 'burnt')),
    username            TEXT   COLLATE "C",
    password_hash       TEXT,
    credentials_since   BIGINT,
    -- Grows by one with every save; the first save makes it 1.
    revision            BIGINT NOT NULL,
    PRIMARY KEY (practice, patient),
    CONSTRAINT portal_account_portal_id_look_up_unique UNIQUE (practice, portal_id_look_up),
    CONSTRAINT portal_account_username_unique UNIQUE (practice, username),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id),
    CHECK (state IN ('invited', 'lapsed', 'active', 'off')),
    CHECK ((state = 'invited') = (portal_id_look_up IS NOT NULL)),
    CHECK ((portal_id_look_up IS NULL) = (portal_id_key IS NULL)),
    CHECK ((portal_id_look_up IS NULL) = (portal_id_sealed IS NULL)),
    CHECK ((portal_id_look_up IS NULL) = (portal_id_expires IS NULL)),
    CHECK ((state IN ('invited', 'lapsed')) = (portal_id_issued IS NOT NULL)),
    CHECK ((state = 'lapsed') = (lapsed_at IS NOT NULL)),
    CHECK ((state = 'lapsed') = (lapsed_how IS NOT NULL)),
    CHECK (state <> 'active' OR username IS NOT NULL),
    CHECK (state NOT IN ('invited', 'lapsed') OR username IS NULL),
    CHECK ((username IS NULL) = (password_hash IS NULL)),
    CHECK ((username IS NULL) = (credentials_since IS NULL))
);
CREATE INDEX portal_account_by_expiry ON portal_account (practice, portal_id_expires)
    WHERE portal_id_expires IS NOT NULL;

CREATE TABLE portal_session (
    practice         TEXT   COLLATE "C" NOT NULL,
    -- The SHA-256 of the token in the cookie or the QR code.
    token_hash       BYTEA  NOT NULL,
    patient          TEXT   COLLATE "C" NOT NULL,
    purpose          TEXT   COLLATE "C" NOT NULL CHECK (purpose IN ('activation', 'portal', 'sheet', 'device')),
    opened           BIGINT NOT NULL,
    seen             BIGINT NOT NULL,
    ends             BIGINT NOT NULL,
    account_revision BIGINT NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX portal_session_by_end ON portal_session (practice, ends);
CREATE INDEX portal_session_by_patient ON portal_session (practice, patient, purpose, seen);

CREATE TABLE portal_factor (
    practice TEXT   COLLATE "C" NOT NULL,
    patient  TEXT   COLLATE "C" NOT NULL,
    id       TEXT   COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('authenticator', 'passkey', 'recovery-code')),
    label    TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    -- The number of the host's key, and the ciphertext of what the factor is checked with.
    key_id   BIGINT NOT NULL,
    sealed   BYTEA  NOT NULL,
    -- How far it was used; it only grows.
    used     BIGINT NOT NULL,
    PRIMARY KEY (practice, patient, id),
    FOREIGN KEY (practice, patient) REFERENCES portal_account (practice, patient)
);

-- Log ins that have passed the password and wait for the second step.
CREATE TABLE portal_step (
    practice         TEXT   COLLATE "C" NOT NULL,
    -- The SHA-256 of the token in the cookie.
    token_hash       BYTEA  NOT NULL,
    patient          TEXT   COLLATE "C" NOT NULL,
    opened           BIGINT NOT NULL,
    ends             BIGINT NOT NULL,
    account_revision BIGINT NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX portal_step_by_end ON portal_step (practice, ends);

CREATE TABLE attempt_counter (
    practice TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    key_hash BYTEA  NOT NULL,
    attempts BIGINT NOT NULL,
    -- The count starts afresh from this moment on.
    ends     BIGINT NOT NULL,
    PRIMARY KEY (practice, key_hash)
);
CREATE INDEX attempt_counter_by_end ON attempt_counter (practice, ends);
