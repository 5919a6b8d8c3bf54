-- What kind of network an interface leads to: Android's ConnectivityManager.TYPE_*. Until now none
-- was told, and most are ethernet.
ALTER TABLE interfaces ADD COLUMN network_type INT DEFAULT 9 NOT NULL;
UPDATE interfaces SET network_type = -1 WHERE id = 0 OR name = 'lo' OR recorded;

-- A tunnel's, whose traffic is told of the interfaces below it, too.
ALTER TABLE interfaces ADD COLUMN is_inner BOOLEAN DEFAULT FALSE NOT NULL;
