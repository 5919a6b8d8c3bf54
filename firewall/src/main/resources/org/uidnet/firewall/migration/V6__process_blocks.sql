-- A manager tells of hundreds of UIDs at once, and a row for each was most of the work. A line for each UID:
-- UID, boot, state, capabilities, epoch and seq (or -), until when it is not yet in the background (or nothing).
CREATE TABLE process_blocks (
  block BIGINT PRIMARY KEY, -- UID / 64
  processes VARCHAR NOT NULL
);

INSERT INTO process_blocks
SELECT
  uid / 64,
  LISTAGG(
    uid || ' ' || boot || ' ' || state || ' ' || capabilities || ' ' || COALESCE(CAST(epoch AS VARCHAR), '-')
      || ' ' || COALESCE(CAST(seq AS VARCHAR), '-') || ' ' || grace,
    CHAR(10)
  ) WITHIN GROUP (ORDER BY uid)
FROM processes
GROUP BY uid / 64;

DROP TABLE processes;
