/**
 * The line of a file's custody that an event's header commits to: made when the event is written, made again when it is
 * shown. Both ways go through here, so that they cannot differ.
 */
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { CaseEvent, FileRecord } from '../../../../shared/model/events.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import type { CustodyLine } from '../../../../shared/seal/custody.ts';
import { CUSTODY, CUSTODY_SALT, chunkList, commitCustody } from '../../../../shared/seal/custody.ts';
import type { Header } from '../../../../shared/seal/entry/header.ts';

type Filed = FactOf<'added' | 'entered'>;

/** The one hash of a version's sealed chunks. */
export const chunksOf = (
  platform: Platform,
  { content }: Pick<FileRecord, 'content'>,
): Promise<CustodyLine['chunks']> =>
  chunkList(
    platform,
    content.chunks.map((chunk) => chunk.hash),
  );

export async function lineOf(platform: Platform, { is, file, by, at }: Filed): Promise<CustodyLine> {
  const { version, size, sha256 } = file.content;
  const what = { is, version, name: file.name, type: file.type, bytes: size, sha256 };
  const { person, personName, post, org } = by;
  return { ...what, chunks: await chunksOf(platform, file), person, personName, post, org, at };
}

/** An event with the salt of its line, and what its header says of it; any other event as it is. */
export async function committed(
  platform: Platform,
  event: CaseEvent,
): Promise<{ readonly fact: CaseEvent; readonly more: Header['more'] }> {
  if (event.is !== 'added' && event.is !== 'entered') return { fact: event, more: {} };
  const custody = platform.random(CUSTODY_SALT);
  const commitment = await commitCustody(platform, custody, await lineOf(platform, event));
  return { fact: { ...event, custody }, more: { [CUSTODY]: commitment } };
}
