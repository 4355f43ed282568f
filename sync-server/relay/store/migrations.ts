/** The steps of a relay's database from each version to the next. None is changed once it was released. */
import { migrations } from '../../common/migrations.ts';

export const relayMigrations = migrations([
  `
  CREATE TABLE suspended (device TEXT PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE quotas (org TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE contacts (device TEXT PRIMARY KEY, org TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE acts (
    n INTEGER PRIMARY KEY, time INTEGER NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL,
    signature BLOB) STRICT;
  `,
  `
  CREATE TABLE orders (hash TEXT PRIMARY KEY, org TEXT NOT NULL, body BLOB NOT NULL, signatures BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE disposed (
    area TEXT NOT NULL, org TEXT NOT NULL, ord TEXT NOT NULL, n INTEGER NOT NULL, h TEXT NOT NULL, time INTEGER NOT NULL,
    gone INTEGER NOT NULL, PRIMARY KEY (area, org)) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE accounts (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE holds (org TEXT PRIMARY KEY, since INTEGER NOT NULL, by TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE proposals (
    id INTEGER PRIMARY KEY, what TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
    decided_by TEXT, decided_at INTEGER) STRICT;
  `,
  `
  CREATE TABLE late (
    hash TEXT PRIMARY KEY, area TEXT NOT NULL, org TEXT NOT NULL, device TEXT NOT NULL, entry BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX late_by_area ON late (org, area);
  CREATE INDEX late_by_device ON late (device);
  `,
  `
  CREATE TABLE checkpoints (n INTEGER PRIMARY KEY, hash TEXT NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
  CREATE TABLE covered (checkpoint INTEGER NOT NULL, area TEXT NOT NULL, n INTEGER NOT NULL, h TEXT NOT NULL, PRIMARY KEY (checkpoint, area)) STRICT, WITHOUT ROWID;
  CREATE INDEX covered_area ON covered (area, n);
  `,
  // What an organisation keeps, by area: `owners` held it for all areas together, so that one area answered for another.
  `
  CREATE TABLE IF NOT EXISTS owners (chunk TEXT NOT NULL, org TEXT NOT NULL, PRIMARY KEY (chunk, org)) STRICT, WITHOUT ROWID;
  CREATE TABLE kept (
    area TEXT NOT NULL, chunk TEXT NOT NULL, org TEXT NOT NULL, size INTEGER NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (area, chunk, org)) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_chunk ON kept (chunk);
  INSERT INTO kept (area, chunk, org, size, whole)
    SELECT r.area, r.chunk, r.org, max(coalesce(c.size, r.size)), max(o.chunk IS NOT NULL AND c.chunk IS NOT NULL)
    FROM refs r LEFT JOIN chunks c ON c.chunk = r.chunk LEFT JOIN owners o ON o.chunk = r.chunk AND o.org = r.org
    WHERE o.chunk IS NOT NULL OR r.size > 0 GROUP BY r.area, r.chunk, r.org;
  DROP TABLE owners;
  CREATE TABLE used (org TEXT NOT NULL, area TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (org, area)) STRICT, WITHOUT ROWID;
  INSERT INTO used (org, area, bytes) SELECT org, area, sum(size) FROM kept GROUP BY org, area;
  CREATE TRIGGER kept_more AFTER INSERT ON kept BEGIN
    INSERT INTO used (org, area, bytes) VALUES (NEW.org, NEW.area, NEW.size)
      ON CONFLICT (org, area) DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER kept_other AFTER UPDATE OF size ON kept BEGIN
    UPDATE used SET bytes = bytes - OLD.size + NEW.size WHERE org = NEW.org AND area = NEW.area;
  END;
  CREATE TRIGGER kept_less AFTER DELETE ON kept BEGIN
    UPDATE used SET bytes = bytes - OLD.size WHERE org = OLD.org AND area = OLD.area;
  END;
  CREATE TABLE limits (
    org TEXT NOT NULL, of TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (org, of)) STRICT, WITHOUT ROWID;
  INSERT INTO limits (org, of, bytes) SELECT org, 'intake', bytes FROM quotas;
  DROP TABLE quotas;
  `,
  // `whole` -1: it was, and a disk spoiled it.
  `
  CREATE INDEX kept_spoiled ON kept (org) WHERE whole < 0;
  `,
]);
