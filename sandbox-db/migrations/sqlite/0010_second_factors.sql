-- What patients log in with besides a password, and logins that have passed the password and wait for it.
CREATE TABLE portal_factor (
    practice TEXT   NOT NULL,
    patient  TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    position BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('authenticator', 'passkey', 'recovery-code')),
    label    TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    -- The number of the host's key, and the ciphertext of what the factor is checked with.
    key_id   BIGINT NOT NULL,
    sealed   BLOB   NOT NULL,
    -- How far it was used; it only grows.
    used     BIGINT NOT NULL,
    PRIMARY KEY (practice, patient, id),
    FOREIGN KEY (practice, patient) REFERENCES portal_account (practice, patient)
);

CREATE TABLE portal_step (
    practice         TEXT   NOT NULL,
    -- The SHA-256 of the token in the cookie.
    token_hash       BLOB   NOT NULL,
    patient          TEXT   NOT NULL,
    opened           BIGINT NOT NULL,
    ends             BIGINT NOT NULL,
    account_revision BIGINT NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
CREATE INDEX portal_step_by_end ON portal_step (practice, ends);

-- Whether every patient is asked for a second factor.
ALTER TABLE practice ADD COLUMN require_second_factor BIGINT NOT NULL DEFAULT 0
    CHECK (require_second_factor IN (0, 1));
