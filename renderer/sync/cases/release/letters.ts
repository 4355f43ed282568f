/**
 * The letter that a package is in the intake of the post it goes to, with the word of Working papers that holds its hash and
 * one-time key: one write, or none. The same package may be put there again, without keys that must not go, or by another
 * computer of the post; it is one package all the same, and the newest letter stands.
 */
import type { AreaId, VersionId } from '../../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { PackageContent } from '../../../../shared/model/events.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { intakePiece } from '../pieces.ts';

/** The letter, and directly after it that it was posted. `working`: the Working papers of its case. */
export async function letterPieces(
  session: Session,
  working: AreaId,
  content: PackageContent,
  at: number,
): Promise<[Piece, Piece]> {
  const { package: id } = content;
  const letter = await intakePiece(session, content.to, 'package', encodeFact(content));
  const posted: Piece = {
    area: working,
    stream: await streamOf(session.platform, working, 'events'),
    kind: 'event',
    seal: 'stream',
    plain: (before) => {
      const made = before.at(-1);
      if (!made?.key) throw new Error('a package entry has a one-time key');
      return encodeFact({ is: 'posted', package: id, entry: made.hash, intake: letter.area, key: made.key, at });
    },
  };
  return [letter, posted];
}

/** The same package; of what was sent in error no key, and where that is all of it no text either. */
export function withoutKeys(content: PackageContent, gone: ReadonlySet<VersionId>, whole: boolean): PackageContent {
  const files = content.files.map((file) =>
    gone.has(file.content.version) ? { ...file, content: { ...file.content, key: new Uint8Array(32) } } : file,
  );
  return whole ? { ...content, files, summary: '', record: [], note: '' } : { ...content, files };
}
