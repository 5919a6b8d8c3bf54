-- Who wants to be told when so much was used.
CREATE TABLE alerts (
  id              BIGINT PRIMARY KEY,
  owner           BIGINT,                 -- a UID; none: who holds the admin token
  template        VARCHAR(65536) NOT NULL, -- written and read by AlertText.java
  threshold_bytes BIGINT NOT NULL,
  used_bytes      BIGINT NOT NULL
);
-- Ids are not given twice: whoever remembers one deletes no other's.
CREATE SEQUENCE alert_ids NO CACHE;
