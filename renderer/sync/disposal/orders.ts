/**
 * The two signatures of a disposal: who proposes it signs the order that names the areas, who confirms it signs the same
 * bytes. Whose they are is proved by the directory, not by what the facts say.
 */
import type { CaseId, WorkId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { FactOf, Logged } from '../../../shared/model/logged.ts';
import { isFact } from '../../../shared/model/logged.ts';
import type { Said, WorkState } from '../../../shared/model/work/state.ts';
import type { SignedOrder } from '../../../shared/seal/area/disposal.ts';
import { decodeOrder, encodeOrder } from '../../../shared/seal/area/disposal.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';
import { orderedAreas } from './areas.ts';

/** The order for everything of the case that this organisation reads, with the first signature. */
export async function proposeOrder(
  session: Session,
  of: CaseId,
  disposal: WorkId,
  time: Millis,
): Promise<NonNullable<FactOf<'disposal asked'>['order']>> {
  const { vault, identity } = session;
  const body = encodeOrder({ org: identity.org, disposal, areas: orderedAreas(session, of), time });
  return { body, signature: await vault.sign(LABEL.disposal, [body]) };
}

type Disposal = WorkState['disposals'][number];

/** The second signature, over the order as it was proposed; null where it is not for what the case is made of now. */
export async function confirmOrder(session: Session, of: CaseId, disposal: WorkId): Promise<Uint8Array | null> {
  const { vault, identity } = session;
  const state = workOf(session, of).disposals.find(({ id }) => id === disposal);
  const body = state && askedOf(session, of, state)?.fact.order?.body;
  const order = body && decodeOrder(body);
  if (!body || !order?.ok || order.value.org !== identity.org || order.value.disposal !== disposal) return null;
  return order.value.areas.join() === orderedAreas(session, of).join() ? vault.sign(LABEL.disposal, [body]) : null;
}

/** The facts of these areas that are this very word, and not another's that counts for nothing. */
const wordsOf = (session: Session, of: CaseId, said: Said): readonly Logged[] =>
  areasOf(session, of)
    .flatMap(({ area }) => session.facts.inArea(area))
    .filter(
      ({ org, person, fact }) =>
        org === said.by.org && person === said.by.person && 'at' in fact && fact.at === said.at,
    );

const askedOf = (session: Session, of: CaseId, { id, asked }: Disposal) =>
  wordsOf(session, of, asked).find(
    (one): one is Logged<FactOf<'disposal asked'>> => isFact(one, 'disposal asked') && one.fact.id === id,
  );

/** The agreement, once in each area that it was said in. */
export const agreedOf = (session: Session, of: CaseId, { id, agreed }: Disposal) =>
  (agreed ? wordsOf(session, of, agreed) : []).filter(
    (one): one is Logged<FactOf<'disposal agreed'>> => isFact(one, 'disposal agreed') && one.fact.disposal === id,
  );

/** The order with both signatures, where both halves have come. */
export function orderOf(session: Session, of: CaseId, disposal: Disposal): SignedOrder | null {
  const asked = askedOf(session, of, disposal);
  const [agreed] = agreedOf(session, of, disposal);
  if (!asked?.fact.order || !agreed?.fact.signature) return null;
  const { body, signature } = asked.fact.order;
  return {
    body,
    signatures: [
      { device: asked.device, signature },
      { device: agreed.device, signature: agreed.fact.signature },
    ],
  };
}
