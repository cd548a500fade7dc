-- The portal's own tables: accounts, patients' sessions, and counters that slow down guessing.
CREATE TABLE portal_account (
    practice            TEXT   NOT NULL,
    patient             TEXT   NOT NULL,
    -- invited, active or off; the columns of the other states are NULL.
    state               TEXT   NOT NULL,
    portal_id           TEXT,
    portal_id_issued    BIGINT,
    portal_id_expires   BIGINT,
    username            TEXT,
    password_hash       TEXT,
    credentials_since   BIGINT,
    -- Grows by one with every save; the first save makes it 1.
    revision            BIGINT NOT NULL,
    PRIMARY KEY (practice, patient),
    CONSTRAINT portal_account_portal_id_unique UNIQUE (practice, portal_id),
    CONSTRAINT portal_account_username_unique UNIQUE (practice, username),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id),
    CHECK (state IN ('invited', 'active', 'off')),
    CHECK ((state = 'invited') = (portal_id IS NOT NULL)),
    CHECK ((portal_id IS NULL) = (portal_id_issued IS NULL)),
    CHECK ((portal_id IS NULL) = (portal_id_expires IS NULL)),
    CHECK (state <> 'active' OR username IS NOT NULL),
    CHECK (state <> 'invited' OR username IS NULL),
    CHECK ((username IS NULL) = (password_hash IS NULL)),
    CHECK ((username IS NULL) = (credentials_since IS NULL))
);

CREATE TABLE portal_session (
    practice         TEXT   NOT NULL,
    -- The SHA-256 of the token in the cookie.
    token_hash       BLOB   NOT NULL,
    patient          TEXT   NOT NULL,
    purpose          TEXT   NOT NULL CHECK (purpose IN ('activation', 'portal')),
    opened           BIGINT NOT NULL,
    seen             BIGINT NOT NULL,
    ends             BIGINT NOT NULL,
    account_revision BIGINT NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX portal_session_by_end ON portal_session (practice, ends);

CREATE TABLE attempt_counter (
    practice TEXT   NOT NULL REFERENCES practice (id),
    key_hash BLOB   NOT NULL,
    attempts BIGINT NOT NULL,
    -- The count starts afresh from this moment on.
    ends     BIGINT NOT NULL,
    PRIMARY KEY (practice, key_hash)
);
CREATE INDEX attempt_counter_by_end ON attempt_counter (practice, ends);
