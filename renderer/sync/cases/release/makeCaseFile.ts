/**
 * Making a Case file: its own key and log, the text by value, and who it is for. Only our own post can read it to begin
 * with: the other organisation is let in by `goLive.ts`, when the release that made it has been delivered. Nothing is
 * written here; the pieces go into one write with what made it due.
 */
import type { AreaId } from '../../../../shared/primitives/ids.ts';
import type { CaseEvent, PackageContent } from '../../../../shared/model/events.ts';
import type { ChainPiece, Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { audienceWith } from './audience.ts';
import type { CaseFile } from '../caseIndex.ts';
import { packageOf, packagesOf } from '../caseIndex.ts';
import { makeArea } from '../makeArea.ts';
import { eventPiece } from '../pieces.ts';
import type { TakenText } from './publishText.ts';
import { publishText, takeText } from './publishText.ts';
import { beginningFacts } from '../work/beginning.ts';

type By = Pick<PackageContent, 'package' | 'case' | 'kind' | 'from' | 'to'>;

export async function makeCaseFile(
  session: Session,
  working: AreaId,
  by: By,
  text: TakenText,
): Promise<{ readonly area: AreaId; readonly pieces: readonly (Piece | ChainPiece)[] }> {
  const { from, to } = by;
  const seats = [{ seat: from.seat, org: from.org, role: 'lead' as const }];
  const { area, piece } = await makeArea(session, { kind: 'case file', owner: from.org, seats, from: working });
  const withOrg = { org: to.org, orgName: to.orgName, seat: to.seat };
  const at = session.platform.now();
  const made: CaseEvent = { is: 'case file', area, with: withOrg, release: by.package, at };
  return {
    area,
    pieces: [
      piece,
      await eventPiece(session, area, { is: 'case', case: by.case, kind: by.kind, source: working, by: from }),
      await eventPiece(session, area, made),
      await eventPiece(session, working, made),
      ...(await Promise.all(beginningFacts(session, by.case, from, at).map((fact) => eventPiece(session, area, fact)))),
      ...(await publishText(session, text, area)),
    ],
  };
}

/**
 * Whether a Case file says anything else than the release that made it did. Where one was closed and nobody had written in
 * it, it is as if it had never been; what somebody wrote there is kept, and is what the next release starts from.
 */
export async function hasOwnWords(session: Session, { area, made }: CaseFile): Promise<boolean> {
  const release = made?.release === undefined ? null : packageOf(session, made.release);
  if (!release) return true;
  const { case: of, title, urn, record, summary, to } = release.content;
  const files = packagesOf(session, of).flatMap(({ content }) => content.files);
  const { said } = await takeText(session, area, audienceWith(session, to.org, files), release.content.package);
  return (
    JSON.stringify([said.title, said.urn, said.record, said.summary]) !== JSON.stringify([title, urn, record, summary])
  );
}
