-- Recordings of Android as they came: they are not rolled up, and their buckets have any length.
CREATE TABLE imports (
  id          INT PRIMARY KEY,
  recorder    VARCHAR(16) NOT NULL,
  start_ms    BIGINT NOT NULL,
  end_ms      BIGINT,                -- none: the phone was still writing to it
  digest      VARCHAR(64) NOT NULL,
  imported_ms BIGINT NOT NULL,
  first_ms    BIGINT NOT NULL,
  after_ms    BIGINT NOT NULL,
  series      INT NOT NULL,
  buckets     INT NOT NULL,
  rx_bytes    BIGINT NOT NULL,
  rx_packets  BIGINT NOT NULL,
  tx_bytes    BIGINT NOT NULL,
  tx_packets  BIGINT NOT NULL,
  UNIQUE (recorder, start_ms)
);

-- All buckets of a series or interface: id = import << 32 | series or interface. Packed columns are
-- written and read by BucketSums.java; values are those of usage_* and truth_*.
CREATE TABLE imported_usage (id BIGINT PRIMARY KEY, first_ms BIGINT NOT NULL, after_ms BIGINT NOT NULL, buckets INT NOT NULL, packed VARBINARY(1048576) NOT NULL);
CREATE TABLE imported_truth (id BIGINT PRIMARY KEY, first_ms BIGINT NOT NULL, after_ms BIGINT NOT NULL, buckets INT NOT NULL, packed VARBINARY(1048576) NOT NULL);

-- Interfaces of recordings, which are known by their networks only.
ALTER TABLE interfaces ADD COLUMN recorded BOOLEAN DEFAULT FALSE NOT NULL;
CREATE TABLE recorded_networks (
  interface    INT NOT NULL,
  type         INT NOT NULL,
  radio        INT NOT NULL,
  subscriber   VARCHAR(1024),
  network_key  VARCHAR(1024),
  roaming      BOOLEAN NOT NULL,
  metered      BOOLEAN NOT NULL,
  is_default   BOOLEAN NOT NULL,
  oem          INT NOT NULL,
  subscription INT NOT NULL
);
