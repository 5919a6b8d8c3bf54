-- The hours of a complete day a second time, in another order: all of a series in one row, so that
-- one UID's history is some rows a day and not one an hour. id = first tick of the day << 32 |
-- series. The packed column is written and read by PackedBuckets.java.
CREATE TABLE hours_of_days (id BIGINT PRIMARY KEY, hours INT NOT NULL, packed VARBINARY(65536) NOT NULL);

-- Of days: whether their hours are there; those of earlier versions are not.
ALTER TABLE rollups ADD COLUMN packed BOOLEAN DEFAULT FALSE NOT NULL;
