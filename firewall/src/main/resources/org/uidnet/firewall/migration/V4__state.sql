-- What is told of the processes of UIDs, in which boot, and until when they are not yet taken to be in the
-- background (never: ''). Without epoch: reports come in order.
CREATE TABLE processes (
  uid BIGINT PRIMARY KEY,
  boot VARCHAR(100) NOT NULL,
  state VARCHAR(40) NOT NULL,
  capabilities INT NOT NULL,
  epoch BIGINT,
  seq BIGINT,
  grace VARCHAR(200) NOT NULL
);

-- Data saver is one of the states of the device; before, it was a document of its own.
UPDATE settings
SET name = 'device', document = CASE WHEN CAST(document AS VARCHAR) = 'on' THEN 'data-saver' ELSE '' END
WHERE name = 'data-saver';

UPDATE pending
SET part = 'setting device', earlier = CASE WHEN CAST(earlier AS VARCHAR) = 'on' THEN 'data-saver' ELSE '' END
WHERE part = 'setting data-saver';
