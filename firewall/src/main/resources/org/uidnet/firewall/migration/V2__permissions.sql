-- One document has all permissions of single UIDs; before, it had one of them only.
UPDATE settings
SET name = 'permissions', document = CASE WHEN CHAR_LENGTH(document) = 0 THEN '' ELSE 'no-internet ' || document END
WHERE name = 'internet-permission';

UPDATE pending
SET part = 'setting permissions', earlier = CASE WHEN CHAR_LENGTH(earlier) = 0 THEN '' ELSE 'no-internet ' || earlier END
WHERE part = 'setting internet-permission';
