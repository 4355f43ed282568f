/**
 * What is known of chunks: which are whole, which areas refer to them, and what each organisation has shown in an area that
 * it has (`kept`), with the bytes that this comes to (`used`, by triggers in the same transaction). A chunk can be fetched in
 * an area where a reference of who keeps it there stands, and nowhere else; the same bytes in another area are never told.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';

export function chunkStore(db: DatabaseSync) {
  const size = db.prepare('SELECT size FROM chunks WHERE chunk = ?');
  const addChunk = db.prepare('INSERT INTO chunks (chunk, size) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const keep = db.prepare(`
    INSERT INTO kept (area, chunk, org, size, whole) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (area, chunk, org) DO UPDATE SET size = excluded.size, whole = max(whole, excluded.whole)`);
  const kept = db.prepare('SELECT size, whole FROM kept WHERE area = ? AND chunk = ? AND org = ?');
  const spoil = db.prepare('UPDATE kept SET whole = -1 WHERE chunk = ? AND whole = 1');
  const spoiled = db.prepare('SELECT area, chunk FROM kept WHERE org = ? AND whole < 0 LIMIT 4096');
  const keepers = db.prepare('SELECT DISTINCT area, org FROM kept WHERE chunk = ?');
  const keepNoMore = db.prepare(`
    DELETE FROM kept WHERE area = ?1 AND chunk = ?2 AND org = ?3
      AND NOT EXISTS (SELECT 1 FROM refs WHERE area = ?1 AND chunk = ?2 AND org = ?3)`);
  const addRef = db.prepare('INSERT INTO refs (area, chunk, tag, org) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const referrers = db.prepare('SELECT DISTINCT org FROM refs WHERE area = ? AND chunk = ?');
  const reachable = db.prepare('SELECT 1 FROM kept WHERE area = ? AND chunk = ? AND whole = 1 LIMIT 1');
  const used = db.prepare('SELECT bytes FROM used WHERE org = ? AND area = ?');
  const usedInAll = db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM used WHERE org = ?');
  const tagged = db.prepare('SELECT chunk FROM refs WHERE area = ? AND tag = ? AND org = ?');
  const taggers = db.prepare('SELECT DISTINCT org FROM refs WHERE area = ? AND tag = ?');
  const tagsIn = db.prepare('SELECT DISTINCT tag FROM refs WHERE area = ? AND org = ?');
  const isWhole = db.prepare('SELECT 1 FROM kept WHERE chunk = ? AND org = ? AND whole = 1 LIMIT 1');
  const wasFetched = db.prepare('SELECT 1 FROM fetched WHERE chunk = ? AND org = ? LIMIT 1');
  const dropTag = db.prepare('DELETE FROM refs WHERE area = ? AND tag = ? AND org = ?');
  const leave = db.prepare(
    'INSERT INTO gone (area, chunk, org) SELECT area, chunk, org FROM refs WHERE area = ? AND tag = ? AND org = ? ON CONFLICT DO NOTHING',
  );
  const isGone = db.prepare('SELECT 1 FROM gone WHERE area = ? AND chunk = ? LIMIT 1');
  const anyRef = db.prepare('SELECT 1 FROM refs WHERE chunk = ? LIMIT 1');
  const dropChunk = db.prepare('DELETE FROM chunks WHERE chunk = ?');
  const fetch = db.prepare('INSERT INTO fetched (area, chunk, org, device) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const collected = db.prepare(`
    SELECT 1 FROM refs r JOIN fetched f ON f.area = r.area AND f.chunk = r.chunk
    WHERE r.area = ?1 AND r.tag = ?2 AND r.org = ?3 AND f.org = ?4
    GROUP BY f.device HAVING count(DISTINCT r.chunk) = (SELECT count(DISTINCT chunk) FROM refs WHERE area = ?1 AND tag = ?2 AND org = ?3) LIMIT 1`);
  const wholeSize = (chunk: Hash): ByteCount | null => (size.get(chunk)?.['size'] as number | undefined) ?? null;

  const forget = (chunk: Hash): void => {
    dropChunk.run(chunk);
    spoil.run(chunk);
  };

  return {
    /** It is not here any more; references to it stay, and it may be sent again. */
    forget,
    /** What this organisation had here whole, and a disk spoiled. */
    spoiled: (org: OrgId): { readonly area: AreaId; readonly chunk: Hash }[] =>
      spoiled.all(org) as unknown as { area: AreaId; chunk: Hash }[],
    /** Who keeps it, and where. */
    keepers: (chunk: Hash): { readonly area: AreaId; readonly org: OrgId }[] =>
      keepers.all(chunk) as unknown as { area: AreaId; org: OrgId }[],
    /** Size of a chunk that is whole at this relay, else null. */
    wholeSize,
    /** Whether this organisation sent it whole in this area, or carried it there. */
    owns: (area: AreaId, chunk: Hash, org: OrgId): boolean => kept.get(area, chunk, org)?.['whole'] === 1,
    own(area: AreaId, chunk: Hash, org: OrgId, bytes: ByteCount): void {
      addChunk.run(chunk, bytes);
      keep.run(area, chunk, org, bytes, 1);
    },
    refer: (area: AreaId, chunk: Hash, tag: Hash, org: OrgId): void => void addRef.run(area, chunk, tag, org),
    /** Notes how large an upload will be, so that it counts before it is whole. */
    expect: (area: AreaId, chunk: Hash, org: OrgId, bytes: ByteCount): void =>
      void keep.run(area, chunk, org, bytes, 0),
    /** What counts of it there already. */
    counted: (area: AreaId, chunk: Hash, org: OrgId): ByteCount => Number(kept.get(area, chunk, org)?.['size'] ?? 0),
    referrers: (area: AreaId, chunk: Hash): OrgId[] => referrers.all(area, chunk).map((r) => r['org'] as OrgId),
    isReachable: (area: AreaId, chunk: Hash): boolean => reachable.get(area, chunk) !== undefined,
    /** A reference stood here and was withdrawn: of interest where none stands now. */
    isGone: (area: AreaId, chunk: Hash): boolean => isGone.get(area, chunk) !== undefined,
    used: (area: AreaId, org: OrgId): ByteCount => Number(used.get(org, area)?.['bytes'] ?? 0),
    usedInAll: (org: OrgId): ByteCount => Number(usedInAll.get(org)?.['bytes']),
    tagged: (area: AreaId, tag: Hash, org: OrgId): Hash[] => tagged.all(area, tag, org).map((r) => r['chunk'] as Hash),
    /** Drops the references; returns the chunks that nothing refers to any more, which are forgotten too. */
    dropTag(area: AreaId, tag: Hash, org: OrgId): Hash[] {
      const chunks = tagged.all(area, tag, org).map((r) => r['chunk'] as Hash);
      leave.run(area, tag, org);
      dropTag.run(area, tag, org);
      for (const chunk of chunks) keepNoMore.run(area, chunk, org);
      const orphans = chunks.filter((chunk) => anyRef.get(chunk) === undefined);
      orphans.forEach(forget);
      return orphans;
    },
    /** Forgets those of these chunks that nothing refers to any more, and answers them. */
    dropOrphans(chunks: readonly Hash[]): Hash[] {
      const orphans = chunks.filter((chunk) => anyRef.get(chunk) === undefined);
      orphans.forEach(forget);
      return orphans;
    },
    /** The tags of an organisation's references in an area. */
    tagsIn: (area: AreaId, org: OrgId): Hash[] => tagsIn.all(area, org).map((r) => r['tag'] as Hash),
    /** Whether this organisation has it whole, in whatever area. */
    isWholeOf: (chunk: Hash, org: OrgId): boolean => isWhole.get(chunk, org) !== undefined,
    /** Whether a device of this organisation fetched it, wherever: it came from another, which has it here. */
    wasFetchedBy: (chunk: Hash, org: OrgId): boolean => wasFetched.get(chunk, org) !== undefined,
    /** Whose references carry a tag. */
    taggers: (area: AreaId, tag: Hash): OrgId[] => taggers.all(area, tag).map((r) => r['org'] as OrgId),
    noteFetched: (area: AreaId, chunk: Hash, org: OrgId, device: DeviceId): void =>
      void fetch.run(area, chunk, org, device),
    /** Whether one device of `reader` has fetched every chunk that `writer` tagged so. */
    isCollected: (area: AreaId, tag: Hash, writer: OrgId, reader: OrgId): boolean =>
      collected.get(area, tag, writer, reader) !== undefined,
  };
}
export type ChunkStore = ReturnType<typeof chunkStore>;
