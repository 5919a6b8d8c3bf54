-- Times are milliseconds since 1970; bucket numbers are five-minute periods since 1970.
-- Packed columns are written and read by Packed.java.

-- One start of the host.
CREATE TABLE boots (
  id         INT PRIMARY KEY,
  boot_id    VARCHAR(64) NOT NULL UNIQUE,
  started_ms BIGINT NOT NULL
);

-- One set of counters in the kernel, and how far it is stored.
CREATE TABLE epochs (
  id            INT PRIMARY KEY,
  boot          INT NOT NULL REFERENCES boots,
  epoch         UUID NOT NULL,
  attached_ms   BIGINT NOT NULL,
  as_of_ms      BIGINT NOT NULL,
  as_of_elapsed BIGINT NOT NULL, -- nanoseconds since boot
  UNIQUE (boot, epoch)
);

-- What the slots of an epoch held when they were last stored: id = epoch << 32 | chunk of 256 slots.
CREATE TABLE baselines (
  id       BIGINT PRIMARY KEY,
  counters VARBINARY(65536) NOT NULL,
  retired  VARBINARY(32) NOT NULL -- bits of slots whose last reading this is
);

-- What each series counted in a boot: id = boot << 32 | chunk of 256 series.
CREATE TABLE boot_totals (
  id      BIGINT PRIMARY KEY,
  traffic VARBINARY(65536) NOT NULL
);

-- What is counted apart; rows of usage_* name it.
CREATE TABLE series (
  id          INT PRIMARY KEY,
  kind        VARCHAR(16) NOT NULL,
  uid         BIGINT NOT NULL,
  tag         BIGINT NOT NULL,
  counter_set VARCHAR(16) NOT NULL,
  interface   INT NOT NULL
);

-- What an interface was at a time; rows of truth_* name it.
CREATE TABLE interfaces (
  id         INT PRIMARY KEY,
  netns      BIGINT NOT NULL,
  ifindex    INT NOT NULL,
  name       VARCHAR(1024) NOT NULL,
  label      VARCHAR(1024) NOT NULL,
  counts_as  VARCHAR(16) NOT NULL, -- WIRE or DEVICE
  metered    BOOLEAN NOT NULL,
  roaming    BOOLEAN NOT NULL,
  network    VARCHAR(1024),
  is_default BOOLEAN NOT NULL,
  boot       INT NOT NULL,         -- where it was last seen to become so
  seen_ms    BIGINT NOT NULL
);

CREATE TABLE uid_names (
  uid      BIGINT NOT NULL,
  since_ms BIGINT NOT NULL,
  name     VARCHAR(1024) NOT NULL,
  PRIMARY KEY (uid, since_ms)
);

-- The interfaces' own counters from the network header on: when last stored, when first seen, and
-- since then the device's and the UIDs' totals.
CREATE TABLE devices (
  epoch     INT NOT NULL,
  netns     BIGINT NOT NULL,
  ifindex   INT NOT NULL,
  interface INT NOT NULL,
  counters  VARBINARY(1024) NOT NULL,
  PRIMARY KEY (epoch, netns, ifindex)
);

-- Complete buckets of the coarser tiers: rolled up once, never again.
CREATE TABLE rollups (
  resolution VARCHAR(3) NOT NULL,
  first      INT NOT NULL,
  after_last INT NOT NULL,
  PRIMARY KEY (resolution, first)
);

-- Rows of a tier before this bucket are no longer used and are being deleted.
CREATE TABLE floors (
  resolution VARCHAR(3) PRIMARY KEY,
  first      INT NOT NULL
);

-- Traffic in the wire's view: id = bucket << 32 | series. The bucket first: 10,000 rows of one bucket
-- are written next to each other.
CREATE TABLE usage_5m  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL);
CREATE TABLE usage_1h  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL);
CREATE TABLE usage_1d  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL);
CREATE TABLE usage_1mo (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL);

-- The interface's own counters and what the hooks charged, in the interface's view:
-- id = bucket << 32 | interface.
CREATE TABLE truth_5m  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL, uids_rx_bytes BIGINT NOT NULL, uids_rx_packets BIGINT NOT NULL, uids_tx_bytes BIGINT NOT NULL, uids_tx_packets BIGINT NOT NULL);
CREATE TABLE truth_1h  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL, uids_rx_bytes BIGINT NOT NULL, uids_rx_packets BIGINT NOT NULL, uids_tx_bytes BIGINT NOT NULL, uids_tx_packets BIGINT NOT NULL);
CREATE TABLE truth_1d  (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL, uids_rx_bytes BIGINT NOT NULL, uids_rx_packets BIGINT NOT NULL, uids_tx_bytes BIGINT NOT NULL, uids_tx_packets BIGINT NOT NULL);
CREATE TABLE truth_1mo (id BIGINT PRIMARY KEY, rx_bytes BIGINT NOT NULL, rx_packets BIGINT NOT NULL, tx_bytes BIGINT NOT NULL, tx_packets BIGINT NOT NULL, uids_rx_bytes BIGINT NOT NULL, uids_rx_packets BIGINT NOT NULL, uids_tx_bytes BIGINT NOT NULL, uids_tx_packets BIGINT NOT NULL);
