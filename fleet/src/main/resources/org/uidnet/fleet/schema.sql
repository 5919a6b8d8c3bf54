-- What PostgreSQL, CockroachDB, YugabyteDB and Citus understand alike. Made by the first host that
-- finds no tables, or beforehand by whoever may make some.

-- How far each host is.
CREATE TABLE IF NOT EXISTS uidnet_hosts (
  host        text PRIMARY KEY,
  boot        text NOT NULL,
  exported_to timestamptz NOT NULL, -- all that the host counted before is here
  sent_at     timestamptz NOT NULL, -- by the clock of this database
  lost_from   timestamptz,          -- the last period that the host deleted before it could send it
  lost_to     timestamptz
);

-- What a UID used in five minutes, on one network, in the wire's view. Rows are disjoint: all may be
-- added up.
CREATE TABLE IF NOT EXISTS uidnet_usage (
  host            text NOT NULL,
  boot            text NOT NULL,
  bucket          timestamptz NOT NULL, -- when it began
  key             uuid NOT NULL,        -- of kind, uid, tag, counter_set, interface to default_network
  kind            text NOT NULL,
  uid             bigint,               -- of kind UID
  name            text,
  tag             bigint NOT NULL,
  counter_set     text NOT NULL,
  interface       text NOT NULL,
  network_type    text NOT NULL,
  network         text,
  metered         boolean NOT NULL,
  roaming         boolean NOT NULL,
  default_network boolean NOT NULL,
  rx_bytes        bigint NOT NULL,
  rx_packets      bigint NOT NULL,
  tx_bytes        bigint NOT NULL,
  tx_packets      bigint NOT NULL,
  operations      bigint NOT NULL,
  PRIMARY KEY (host, boot, bucket, key)
);
CREATE INDEX IF NOT EXISTS uidnet_usage_by_bucket ON uidnet_usage (bucket);
CREATE INDEX IF NOT EXISTS uidnet_usage_by_uid ON uidnet_usage (uid, bucket);

-- What the firewall refused in an hour; the rows of the last two hours still grow.
CREATE TABLE IF NOT EXISTS uidnet_blocked (
  host    text NOT NULL,
  hour    timestamptz NOT NULL,
  uid     bigint NOT NULL,
  reason  text NOT NULL,
  call    text NOT NULL,
  packets bigint NOT NULL,
  bytes   bigint NOT NULL,
  PRIMARY KEY (host, hour, uid, reason, call)
);
CREATE INDEX IF NOT EXISTS uidnet_blocked_by_hour ON uidnet_blocked (hour);
