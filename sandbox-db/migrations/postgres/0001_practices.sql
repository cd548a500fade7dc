-- The practices of this installation. Every other row belongs to one, and every key begins with it.
-- Text that is compared or sorted goes by its bytes ("C"), whatever the database's own order is: searches page
-- through it, and the same rows come in the same order on either database.
CREATE TABLE practice (
    id                      TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
    name                    TEXT   NOT NULL,
    phone                   TEXT   NOT NULL,
    helpdesk_url            TEXT   NOT NULL,
    -- An IANA name, such as America/Chicago.
    time_zone               TEXT   NOT NULL,
    portal_url              TEXT   NOT NULL,
    -- BCP 47, separated by single spaces, preferred first.
    languages               TEXT   NOT NULL CHECK (languages <> ''),
    invitation_days         BIGINT NOT NULL CHECK (invitation_days BETWEEN 1 AND 21),
    minimum_password_length BIGINT NOT NULL CHECK (minimum_password_length BETWEEN 8 AND 64),
    idle_minutes            BIGINT NOT NULL CHECK (idle_minutes BETWEEN 1 AND 120),
    session_hours           BIGINT NOT NULL CHECK (session_hours BETWEEN 1 AND 24),
    per_portal_id           BIGINT NOT NULL CHECK (per_portal_id BETWEEN 1 AND 10),
    per_person_a_day        BIGINT NOT NULL CHECK (per_person_a_day BETWEEN 1 AND 20),
    per_person              BIGINT NOT NULL CHECK (per_person BETWEEN 1 AND 40),
    per_network_a_day       BIGINT NOT NULL CHECK (per_network_a_day BETWEEN 1 AND 1000),
    per_website_an_hour     BIGINT NOT NULL CHECK (per_website_an_hour BETWEEN 1 AND 10000),
    -- Networks, separated by single spaces.
    never_paused            TEXT   NOT NULL,
    -- Yes and no are 1 and 0 in every table.
    require_edit_right      BIGINT NOT NULL CHECK (require_edit_right IN (0, 1)),
    require_second_factor   BIGINT NOT NULL CHECK (require_second_factor IN (0, 1))
);

-- The one table whose key does not begin with the practice: it is how the practice is found.
CREATE TABLE website (
    host     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    practice TEXT COLLATE "C" NOT NULL REFERENCES practice (id)
);
CREATE INDEX website_by_practice ON website (practice, host);

-- Modules for an additional fee. No row means never switched on.
CREATE TABLE add_on (
    practice TEXT   COLLATE "C" NOT NULL REFERENCES practice (id),
    add_on   TEXT   COLLATE "C" NOT NULL,
    is_on    BIGINT NOT NULL CHECK (is_on IN (0, 1)),
    PRIMARY KEY (practice, add_on)
);
