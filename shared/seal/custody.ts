/**
 * What can be shown of a file to somebody outside, each with a signature of its own: what an entry says of it (a line that
 * the entry's header commits to, so that it can be shown without the rest of the content, the key least of all), and a
 * relay's word that it held all of its sealed chunks. Format: docs/passport.md.
 */
import { concat, fromHex } from '../primitives/bytes.ts';
import { encodeCbor } from '../primitives/cbor.ts';
import type { AreaId, Hash, OrgId, PersonId, VersionId } from '../primitives/ids.ts';
import type { Key, Platform } from '../primitives/platform.ts';
import { hashOf, sign, verify } from '../primitives/platform.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import { LABEL } from './labels.ts';

/** Where the commitment stands in a header's `more`. */
export const CUSTODY = 'custody';
/** Bytes of salt: without it a name could be guessed from the commitment, which the relay sees. */
export const CUSTODY_SALT = 16;

/** One file, as an entry brought it into a place: what it is, who says so, when by their clock. */
export interface CustodyLine {
  /** `added`: imported and sealed here; `entered`: released, delivered, and let into the Case file. */
  readonly is: 'added' | 'entered';
  readonly version: VersionId;
  readonly name: string;
  readonly type: string;
  readonly bytes: ByteCount;
  /** Of the plaintext. */
  readonly sha256: Hash;
  /** Of its sealed chunks (`chunkList`). */
  readonly chunks: Hash;
  readonly person: PersonId;
  readonly personName: string;
  readonly post: string;
  readonly org: OrgId;
  readonly at: Millis;
}

const parts = (line: CustodyLine): Uint8Array =>
  encodeCbor([
    line.is,
    fromHex(line.version),
    line.name,
    line.type,
    line.bytes,
    fromHex(line.sha256),
    fromHex(line.chunks),
    fromHex(line.person),
    line.personName,
    line.post,
    fromHex(line.org),
    line.at,
  ]);

/** What a header holds of a line. */
export const commitCustody = async (platform: Platform, salt: Uint8Array, line: CustodyLine): Promise<Uint8Array> =>
  fromHex(await hashOf(platform, LABEL.custodyLine, salt, parts(line)));

/** One hash for a version's sealed chunks in their order. */
export const chunkList = (platform: Platform, chunks: readonly Hash[]): Promise<Hash> =>
  hashOf(platform, LABEL.chunkList, concat(...chunks.map(fromHex)));

/** A relay's word: at this time it held every chunk of these lists, reachable in this area. */
export interface Custody {
  readonly area: AreaId;
  readonly time: Millis;
  readonly lists: readonly Hash[];
}

const said = ({ area, time, lists }: Custody): Uint8Array[] => [
  fromHex(area),
  encodeCbor(time),
  concat(...lists.map(fromHex)),
];

export const signCustody = (platform: Platform, relayKey: Key, custody: Custody): Promise<Uint8Array> =>
  sign(platform, relayKey, LABEL.custody, ...said(custody));

export const verifyCustody = (
  platform: Platform,
  relayKey: Key,
  custody: Custody,
  signature: Uint8Array,
): Promise<boolean> => verify(platform, relayKey, signature, LABEL.custody, ...said(custody));
