/** What of this computer's is not with the relay: counted for the words, and told before quitting. */
import type { AreaId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Unsent } from '../../../shared/ipc/preload.ts';
import { auditStreams } from '../audit/places.ts';
import { packages } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { packageFacts } from './packages.ts';

/** Places (area, stream) of which an entry is not acknowledged. */
export type Unacknowledged = readonly { readonly area: AreaId; readonly stream: StreamId }[];

export async function unacknowledged({ session }: Desktop): Promise<Unacknowledged> {
  const keys = (await session.db.outbox.orderBy('[area+stream]').uniqueKeys()) as unknown as [AreaId, StreamId][];
  const audit = await auditStreams(session);
  return keys.filter(([, stream]) => !audit.has(stream)).map(([area, stream]) => ({ area, stream }));
}

export async function unsentOf(desktop: Desktop): Promise<Unsent> {
  const edits = (await unacknowledged(desktop)).length;
  let files = 0;
  let bytes = 0;
  for (const pkg of packages(desktop.session)) {
    if (pkg.side !== 'sender') continue;
    const facts = packageFacts(desktop, pkg);
    if (facts.withdrawn || pkg.stick?.alone) continue;
    for (const file of facts.files.filter((f) => f.atRelay === null && f.dropped === null && f.delivered === null)) {
      files++;
      bytes += Math.max(0, file.size - file.moved);
    }
  }
  const adding = desktop.importing.underWay();
  const sentences = [
    ...(adding > 0
      ? [`${adding} ${adding === 1 ? 'file is' : 'files are'} still being added. Adding goes on when you next unlock.`]
      : []),
    ...(files > 0 ? [`${files} released ${files === 1 ? 'file is' : 'files are'} not wholly sent.`] : []),
    ...(edits > 0 ? [`Edits in ${edits} ${edits === 1 ? 'place' : 'places'} are not sent.`] : []),
  ];
  return { files, bytes, edits, sentences };
}
