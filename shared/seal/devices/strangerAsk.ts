/**
 * What a laptop asks of an authority that does not know it (yet, or any more), and the answer: sealed both ways. The ask proves
 * nobody; the answer opens with a key that came sealed within the ask, so that whoever could make it has read the ask.
 */
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { BoxKeys } from '../../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../../primitives/hpke.ts';
import { framed } from '../../primitives/platform.ts';
import type { Card } from '../directory/card.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** Stands where a code's name stands in a request; longer than any code's name. */
export const STRANGER_ASK = 'STRANGER';

export const sealStrangerAsk = (card: Card, ask: unknown): Promise<Uint8Array> =>
  hpkeSeal(card.boxKey, framed(LABEL.strangerAsk), encodeCbor(ask));

/** Null where it cannot be opened, or is no CBOR. */
export const openStrangerAsk = async (keys: BoxKeys, sealed: Uint8Array): Promise<unknown> =>
  plain(await hpkeOpen(keys, framed(LABEL.strangerAsk), sealed));

const answerInfo = (replyKey: Uint8Array): Uint8Array => framed(LABEL.strangerAnswer, replyKey);

/** Throws on a reply key that is no point of the curve. */
export const sealStrangerAnswer = (replyKey: Uint8Array, answer: unknown): Promise<Uint8Array> =>
  hpkeSeal(replyKey, answerInfo(replyKey), encodeCbor(answer));

/** The answer to the ask that this reply key went with; null where it is none. */
export const openStrangerAnswer = async (reply: BoxKeys, sealed: Uint8Array): Promise<unknown> =>
  plain(await hpkeOpen(reply, answerInfo(reply.publicKey), sealed));

function plain(bytes: Uint8Array | null): unknown {
  const said = read.reading(() => (bytes === null ? null : decodeCbor(bytes)));
  return said.ok ? said.value : null;
}
