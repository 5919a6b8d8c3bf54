-- Who else may read everything over HTTP: tokens by the SHA-256 of their secret, which nobody keeps. Never ends: NULL.
CREATE TABLE tokens (
  id BIGINT PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT
);
