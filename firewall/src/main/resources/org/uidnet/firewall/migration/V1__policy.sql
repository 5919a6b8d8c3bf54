-- Policy, who changed it, and what it refused. Texts are as SettingText and ChainText write them.

-- Chains that are not as at first; custom ones have their bit.
CREATE TABLE chains (
  name VARCHAR(100) PRIMARY KEY,
  kind VARCHAR(20) NOT NULL,
  bit INT NOT NULL,
  enabled BOOLEAN NOT NULL
);

-- UIDs on a chain's list, and rules that hold instead for a while.
CREATE TABLE chain_uids (
  chain VARCHAR(100) NOT NULL,
  uid BIGINT NOT NULL,
  listed BOOLEAN NOT NULL,
  temporary_rule VARCHAR(10),
  expires VARCHAR(200),
  PRIMARY KEY (chain, uid)
);

-- Documents that are not as at first.
CREATE TABLE settings (
  name VARCHAR(100) PRIMARY KEY,
  document CHARACTER LARGE OBJECT NOT NULL
);

-- What is put back unless the change is confirmed; empty: the chain is deleted.
CREATE TABLE pending (
  id BIGINT PRIMARY KEY,
  part VARCHAR(100) NOT NULL,
  earlier CHARACTER LARGE OBJECT NOT NULL,
  expires VARCHAR(200) NOT NULL
);

CREATE TABLE audit (
  id BIGINT PRIMARY KEY,
  time_ms BIGINT NOT NULL,
  author_uid BIGINT NOT NULL,
  transport VARCHAR(100) NOT NULL,
  note VARCHAR(1000) NOT NULL,
  part VARCHAR(100) NOT NULL,
  earlier VARCHAR(1000) NOT NULL,
  later VARCHAR(1000) NOT NULL
);

-- Refusals by hour, under the names of their reasons: numbers of custom chains are used again.
CREATE TABLE drops (
  hour_ms BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  reason VARCHAR(100) NOT NULL,
  refused VARCHAR(10) NOT NULL,
  packets BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (hour_ms, uid, reason, refused)
);

-- How far the counters of these maps are stored.
CREATE TABLE drop_baselines (
  epoch VARCHAR(40) NOT NULL,
  uid BIGINT NOT NULL,
  reason INT NOT NULL,
  refused VARCHAR(10) NOT NULL,
  packets BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (epoch, uid, reason, refused)
);
