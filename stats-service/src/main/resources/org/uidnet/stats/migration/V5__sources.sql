-- Exported history of other hosts is imported too; a host has any number of files.
CREATE TABLE imports_of_sources (
  id          INT PRIMARY KEY,
  recorder    VARCHAR(16) NOT NULL,
  source      VARCHAR(128) NOT NULL, -- the host whose history it was; none of a phone's recordings
  start_ms    BIGINT NOT NULL,
  end_ms      BIGINT,                -- none: the phone was still writing to it, or it is history
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
  UNIQUE (recorder, source, start_ms)
);
INSERT INTO imports_of_sources
  SELECT id, LOWER(recorder), '', start_ms, end_ms, digest, imported_ms, first_ms, after_ms, series,
    buckets, rx_bytes, rx_packets, tx_bytes, tx_packets FROM imports;
DROP TABLE imports;
ALTER TABLE imports_of_sources RENAME TO imports;
