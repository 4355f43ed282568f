/**
 * Folding what stands as it was signed: decisions, certificates, signed statements, and the stage of the file. One that
 * stands already is superseded only by one that names it; the earlier stays visible.
 */
import type { WorkId } from '../../../primitives/ids.ts';
import type { FactOf, Logged } from '../../logged.ts';
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

interface Standing {
  id: WorkId;
  supersedes: WorkId | null;
  supersededBy: WorkId | null;
}

/** Whether a new one may take its place on the list: it is new, and names the one that stands where there is one. */
function takePlace<T extends Standing>(list: T[], fresh: T, isSame: (other: T) => boolean): Verdict {
  if (byId(list, fresh.id)) return 'said twice';
  const standing = list.find((one) => isSame(one) && one.supersededBy === null);
  if ((standing?.id ?? null) !== fresh.supersedes) return standing ? 'already done' : 'unknown';
  if (standing) standing.supersededBy = fresh.id;
  list.push(fresh);
  return null;
}

export function takeDecision({ state }: Draft, logged: Work<'decided'>): Verdict {
  const { id, supersedes, outcome, route, test, offences, reasons, codes } = logged.fact;
  const { stage } = state.stage;
  const said = { outcome, route, test, offences, reasons, ...(codes && { codes }) };
  const fresh = { id, stage, supersedes, supersededBy: null, ...said };
  return takePlace(state.decisions, { ...saidIn(logged), ...fresh }, () => true);
}

export function takeCertificate({ state }: Draft, logged: Work<'certified'>): Verdict {
  const { id, supersedes, schedule, covers, rows, words } = logged.fact;
  if (rows && rows.length !== covers.lines) return 'another content';
  const { stage } = state.stage;
  const said = { schedule, covers, words, ...(rows && { rows }) };
  const fresh = { ...saidIn(logged), id, stage, supersedes, supersededBy: null, ...said };
  return takePlace(state.certificates, fresh, (other) => other.schedule === schedule);
}

export function takeSignature({ state }: Draft, logged: Work<'signed'>): Verdict {
  const { id, supersedes, path, item, version, sha256, signatory, as } = logged.fact;
  const frozen = state.signatures.find((one) => one.version === version);
  if (frozen && frozen.sha256 !== sha256) return 'altered after it was signed';
  const { stage } = state.stage;
  const fresh = {
    ...saidIn(logged),
    id,
    stage,
    supersedes,
    supersededBy: null,
    path,
    item,
    version,
    sha256,
    signatory,
    ...(as && { as }),
  };
  return takePlace(
    state.signatures,
    { ...fresh, altered: null },
    (other) => other.path === path || other.item === item,
  );
}

/** A version that is filed after its item was signed: one with the signed version's id and another content is refused; a newer one is shown as not signed. */
export function takeFiled({ state }: Draft, logged: Logged<FactOf<'added' | 'entered'>>): Verdict {
  const { file, by, at } = logged.fact;
  const { version, sha256 } = file.content;
  const signed = state.signatures.find((one) => one.version === version);
  if (signed) return signed.sha256 === sha256 ? null : 'altered after it was signed';
  const before = state.signatures.find((one) => one.item === file.item && one.supersededBy === null);
  if (before) before.altered = { by, at, entry: logged.hash, version };
  return null;
}

export function takeStage({ state }: Draft, logged: Work<'staged'>): Verdict {
  const { stage, reason } = logged.fact;
  state.stage.stage = stage;
  state.stage.moves.push({ ...saidWhy(logged, reason), stage });
  return null;
}
