/** Cases that were disposed of, as a view: which computers have destroyed what they held, and which have not answered. */
import type { DisposalRow } from '../../../shared/ipc/keeping.ts';
import type { DisposalState } from '../../../shared/model/disposal.ts';
import { countOf } from '../../../shared/status/format.ts';
import { answerWord, destroyedWord, relayWord } from '../../../shared/status/keeping.ts';
import { knownDisposals } from '../disposal/known.ts';
import { heardOf } from '../disposal/recording.ts';
import type { Session } from '../session.ts';
import { clockOf } from './clock.ts';

export const disposals = async (session: Session): Promise<readonly DisposalRow[]> =>
  (await knownDisposals(session)).map((state) => rowOf(session, state));

function rowOf(session: Session, state: DisposalState): DisposalRow {
  const { fact } = state.recorded;
  const computers = computersOf(session, state);
  const said = state.order.areas.map((area) => state.relay.get(area));
  return {
    id: state.id,
    case: fact.case,
    urn: fact.urn,
    outcome: fact.outcome,
    retention: fact.retention,
    rationale: fact.rationale,
    reason: fact.reason,
    askedBy: fact.asked.by.personName,
    agreedBy: fact.by.personName,
    at: fact.at,
    word: destroyedWord(state.destroyed.size, computers.length),
    relay: relayWord(said.every((one) => one !== undefined) ? said : null),
    computers,
    remains: fact.remains,
  };
}

/** Those that the record names, and any other that said so: a colleague's that was enrolled meanwhile. */
function computersOf(session: Session, { recorded, destroyed }: DisposalState): DisposalRow['computers'] {
  const own = session.directories.current(session.identity.org);
  const named = new Set(recorded.fact.devices.map(({ device }) => device));
  const others = [...destroyed.values()]
    .filter(({ device }) => !named.has(device))
    .map(({ device, fact }) => ({ device, name: `${fact.deviceName} of ${fact.by.personName}`, heard: null }));
  return [...recorded.fact.devices, ...others].map(({ device, name, heard }) => {
    const said = destroyed.get(device);
    const newest = Math.max(heard ?? 0, heardOf(session, device) ?? 0);
    const answered = {
      destroyed: said?.relayTime ?? said?.time ?? null,
      heard: newest === 0 ? null : newest,
      isRevoked: !(own?.devices.has(device) ?? false),
    };
    return {
      name,
      word: answerWord(answered, clockOf(session)),
      destroyed: said?.fact.what ? whatText(said.fact.what) : null,
    };
  });
}

function whatText({ files, entries }: { readonly files: number; readonly entries: number }): string {
  return `${countOf(files, 'file', 'files')} and ${countOf(entries, 'signed record', 'signed records')}`;
}
