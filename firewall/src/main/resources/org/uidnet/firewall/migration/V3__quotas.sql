-- How quotas stand in their cycles; their definitions are the document 'quotas'. Never told: ''.
CREATE TABLE quota_states (
  id VARCHAR(100) PRIMARY KEY,
  number INT NOT NULL,
  cycle_start VARCHAR(40) NOT NULL,
  epoch VARCHAR(40) NOT NULL,
  base BIGINT NOT NULL,
  carried BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  marks VARCHAR(200) NOT NULL,
  rapid_told VARCHAR(40) NOT NULL
);
