-- Portal IDs no longer stand here in clear, invitations can lapse, sessions have two more purposes,
-- and a practice says how many wrong answers at User Confirmation pass.
CREATE TABLE portal_account_at_rest (
    practice            TEXT   NOT NULL,
    patient             TEXT   NOT NULL,
    -- invited, lapsed, active or off; the columns of the other states are NULL.
    state               TEXT   NOT NULL,
    -- A keyed hash of the Portal ID, the number of the host's key, and the ciphertext.
    portal_id_look_up   BLOB,
    portal_id_key       BIGINT,
    portal_id_sealed    BLOB,
    portal_id_issued    BIGINT,
    portal_id_expires   BIGINT,
    lapsed_at           BIGINT,
    lapsed_how          TEXT   CHECK (lapsed_how IN ('expired', 'burnt')),
    username            TEXT,
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
-- SQL cannot seal the digits of an invitation that is open, so it lapses: staff issue a new Portal ID.
INSERT INTO portal_account_at_rest (practice, patient, state, portal_id_issued, lapsed_at, lapsed_how,
    username, password_hash, credentials_since, revision)
SELECT practice, patient, CASE state WHEN 'invited' THEN 'lapsed' ELSE state END, portal_id_issued,
    portal_id_expires, CASE state WHEN 'invited' THEN 'expired' END,
    username, password_hash, credentials_since, revision + (state = 'invited')
FROM portal_account;
DROP TABLE portal_account;
ALTER TABLE portal_account_at_rest RENAME TO portal_account;
CREATE INDEX portal_account_by_expiry ON portal_account (practice, portal_id_expires)
    WHERE portal_id_expires IS NOT NULL;

CREATE TABLE portal_session_of_four (
    practice         TEXT   NOT NULL,
    -- The SHA-256 of the token in the cookie or the QR code.
    token_hash       BLOB   NOT NULL,
    patient          TEXT   NOT NULL,
    purpose          TEXT   NOT NULL CHECK (purpose IN ('activation', 'portal', 'sheet', 'device')),
    opened           BIGINT NOT NULL,
    seen             BIGINT NOT NULL,
    ends             BIGINT NOT NULL,
    account_revision BIGINT NOT NULL,
    PRIMARY KEY (practice, token_hash),
    FOREIGN KEY (practice, patient) REFERENCES patient (practice, id)
);
INSERT INTO portal_session_of_four SELECT * FROM portal_session;
DROP TABLE portal_session;
ALTER TABLE portal_session_of_four RENAME TO portal_session;
CREATE INDEX portal_session_by_end ON portal_session (practice, ends);

ALTER TABLE practice ADD COLUMN per_portal_id BIGINT NOT NULL DEFAULT 5
    CHECK (per_portal_id BETWEEN 1 AND 10);
ALTER TABLE practice ADD COLUMN per_person_a_day BIGINT NOT NULL DEFAULT 5
    CHECK (per_person_a_day BETWEEN 1 AND 20);
ALTER TABLE practice ADD COLUMN per_person BIGINT NOT NULL DEFAULT 20
    CHECK (per_person BETWEEN 1 AND 40);
ALTER TABLE practice ADD COLUMN per_network_a_day BIGINT NOT NULL DEFAULT 20
    CHECK (per_network_a_day BETWEEN 1 AND 1000);
ALTER TABLE practice ADD COLUMN per_website_an_hour BIGINT NOT NULL DEFAULT 60
    CHECK (per_website_an_hour BETWEEN 1 AND 10000);
-- Networks, separated by single spaces.
ALTER TABLE practice ADD COLUMN never_paused TEXT NOT NULL DEFAULT '';
