-- What apps say that they did, such as mails fetched: no packet tells it.
ALTER TABLE usage_5m  ADD COLUMN operations BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE usage_1h  ADD COLUMN operations BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE usage_1d  ADD COLUMN operations BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE usage_1mo ADD COLUMN operations BIGINT DEFAULT 0 NOT NULL;
