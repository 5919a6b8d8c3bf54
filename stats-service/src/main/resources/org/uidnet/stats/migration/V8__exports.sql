-- Which buckets a sink outside has: all before next. Those before handed were given to it to store;
-- traffic that comes late for one of them brings both back.
CREATE TABLE exports (
  sink      VARCHAR(1024) PRIMARY KEY,
  next      INT NOT NULL,
  handed    INT NOT NULL,
  lost_from INT,           -- what was deleted last before the sink had it
  lost_to   INT
);

-- In which boot the five-minute buckets from this one on were counted. Of those before this version
-- only the last boot is known.
CREATE TABLE boots_of_buckets (
  first INT PRIMARY KEY,
  boot  INT NOT NULL REFERENCES boots
);
INSERT INTO boots_of_buckets SELECT 0, MAX(id) FROM boots HAVING COUNT(*) > 0;
