/**
 * What a replica remembers of its chain besides the state: since when each organisation has been let in, and by which directory
 * each last gave the area a key. Pure.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { AccessState } from '../../../shared/seal/chain.ts';
import { decodeChainOp } from '../../../shared/seal/chain.ts';
import type { Header } from '../../../shared/seal/header.ts';

/** Who is let in from a chain entry at `time` on, who was before, and who is no more. */
export function letIn(
  before: ReadonlyMap<OrgId, Millis>,
  access: AccessState | null,
  time: Millis,
): Map<OrgId, Millis> {
  return new Map([...(access?.seats.values() ?? [])].map(({ org }) => [org, before.get(org) ?? time]));
}

/** What an admitted chain entry makes of who gave the area a key, and when. */
export function keyedBy(
  before: ReadonlyMap<OrgId, Hash>,
  { org, body }: Header,
  anchors: ReadonlyMap<OrgId, Hash>,
): ReadonlyMap<OrgId, Hash> {
  const op = body ? decodeChainOp(body) : null;
  const directory = anchors.get(org);
  const gives = op?.ok === true && (op.value.op === 'create' || op.value.op === 'key');
  return gives && directory !== undefined ? new Map([...before, [org, directory]]) : before;
}
