-- What each of the hosts' keys is recognised by, so that a host with another installation's keys does not start.
CREATE TABLE host_key (
    id          BIGINT NOT NULL PRIMARY KEY,
    fingerprint BLOB   NOT NULL
);
