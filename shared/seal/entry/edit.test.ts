import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fromHex } from '../../primitives/bytes.ts';
import type { DeviceId } from '../../primitives/ids.ts';
import type { EditContent, KnownEdits } from './edit.ts';
import { MAX_UPDATE, checkEdit, noEdits } from './edit.ts';
import { flip } from '../fixture.ts';

const [OFFICER, LAWYER] = ['0'.repeat(32) as DeviceId, '1'.repeat(32) as DeviceId];

/** An open document of a device: `take` gives what was written since, as the sync worker would seal it. */
function open(client: number) {
  const doc = new Y.Doc({ gc: true });
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push(update);
  });
  const text = doc.getText('summary');
  const take = (): EditContent => ({ client, update: Y.mergeUpdates(updates.splice(0)) });
  const hear = (edit: EditContent) => Y.applyUpdate(doc, edit.update, 'remote');
  return { doc, text, take, hear };
}

function must(known: KnownEdits, device: DeviceId, edit: EditContent): KnownEdits {
  const next = checkEdit(known, device, edit);
  if (!next.ok) throw new Error(next.cause);
  return next.value;
}
const cause = (known: KnownEdits, device: DeviceId, edit: EditContent) => {
  const next = checkEdit(known, device, edit);
  return next.ok ? 'ok' : next.cause;
};

/** A V1 update written by hand: structs as raw bytes, and delete ranges. */
function forge(
  client: number,
  clock: number,
  structs: readonly ((e: encoding.Encoder) => void)[],
  deletes: readonly [number, number, number][] = [],
): Uint8Array {
  const e = encoding.createEncoder();
  encoding.writeVarUint(e, structs.length > 0 ? 1 : 0);
  if (structs.length > 0) {
    encoding.writeVarUint(e, structs.length);
    encoding.writeVarUint(e, client);
    encoding.writeVarUint(e, clock);
    for (const struct of structs) struct(e);
  }
  encoding.writeVarUint(e, deletes.length);
  for (const [of, from, length] of deletes) for (const value of [of, 1, from, length]) encoding.writeVarUint(e, value);
  return encoding.toUint8Array(e);
}
const text = (letters: string, origin?: [number, number]) => (e: encoding.Encoder) => {
  encoding.writeUint8(e, 4 | (origin ? 0x80 : 0));
  if (origin) for (const part of origin) encoding.writeVarUint(e, part);
  else {
    encoding.writeVarUint(e, 1);
    encoding.writeVarString(e, 'summary');
  }
  encoding.writeVarString(e, letters);
};
const gone = (info: 0 | 10, length: number) => (e: encoding.Encoder) => {
  encoding.writeUint8(e, info);
  encoding.writeVarUint(e, length);
};

describe('honest edits', () => {
  it('are taken in their order, from several devices', () => {
    const [one, two] = [open(1), open(2)];
    let known = noEdits;
    one.text.insert(0, 'The witness saw a car.');
    const first = one.take();
    known = must(known, OFFICER, first);
    two.hear(first);
    two.text.insert(18, 'red ');
    two.text.delete(0, 3);
    const second = two.take();
    known = must(known, LAWYER, second);
    one.hear(second);
    one.text.insert(0, 'One');
    one.text.format(0, 3, { bold: true });
    known = must(known, OFFICER, one.take());
    expect(known.clients).toEqual(
      new Map([
        [1, OFFICER],
        [2, LAWYER],
      ]),
    );
    expect(known.clock.get(1)).toBe(Y.decodeStateVector(Y.encodeStateVector(one.doc)).get(1));
  });

  it('may be one large update after a time off line, with what was deleted and collected meanwhile', () => {
    const one = open(1);
    one.text.insert(0, 'a'.repeat(1000));
    one.text.delete(10, 900);
    const list = one.doc.getXmlFragment('body');
    list.insert(0, [new Y.XmlElement('p'), new Y.XmlElement('p')]);
    list.delete(0, 1);
    one.doc.getMap('record').set('title', { nested: ['plain', 1, null] });
    one.take();
    expect(cause(noEdits, OFFICER, { client: 1, update: Y.encodeStateAsUpdate(one.doc) })).toBe('ok');
  });

  it('may delete only, or bind a client id and nothing else', () => {
    const [one, two] = [open(1), open(2)];
    one.text.insert(0, 'word');
    const first = one.take();
    const known = must(noEdits, OFFICER, first);
    two.hear(first);
    two.text.delete(0, 4);
    expect(must(known, LAWYER, two.take()).clients.get(2)).toBe(LAWYER);
    expect(cause(noEdits, LAWYER, { client: 2, update: forge(2, 0, []) })).toBe('ok');
  });

  it('hold for whatever two people write (seeded)', () => {
    const step = fc.record({
      who: fc.boolean(),
      at: fc.nat(50),
      insert: fc.string({ maxLength: 5 }),
      remove: fc.nat(4),
      seal: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const people = [open(7), open(8)] as const;
        let known = noEdits;
        for (const { who, at, insert, remove, seal } of steps) {
          const [me, other, device] = who ? [people[0], people[1], OFFICER] : [people[1], people[0], LAWYER];
          const place = Math.min(at, me.text.length);
          if (insert) me.text.insert(place, insert);
          me.text.delete(place, Math.min(remove, me.text.length - place));
          if (!seal) continue;
          const edit = me.take();
          known = must(known, device, edit);
          other.hear(edit);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a hostile member', () => {
  const one = open(1);
  one.text.insert(0, 'The suspect denies it.');
  const first = one.take();
  const known = must(noEdits, OFFICER, first);
  const size = 22;
  const says = (update: Uint8Array) => cause(known, LAWYER, { client: 2, update });

  it("writes under no other client id than the entry's, and no other device's", () => {
    expect(cause(known, LAWYER, { client: 1, update: forge(1, size, [text('x')]) })).toBe('foreign client');
    expect(cause(known, LAWYER, { client: 2, update: forge(1, size, [text('x')]) })).toBe('foreign client');
    expect(cause(known, LAWYER, first)).toBe('foreign client');
    expect(cause(known, LAWYER, { client: 2, update: first.update })).toBe('foreign client');
  });

  it('gives no two contents for one clock', () => {
    expect(cause(known, OFFICER, first)).toBe('overlap');
    expect(cause(known, OFFICER, { client: 1, update: forge(1, 0, [text('GUILTY')]) })).toBe('overlap');
    expect(cause(known, OFFICER, { client: 1, update: forge(1, size - 1, [text('xy')]) })).toBe('overlap');
  });

  it('leaves no gap, and refers to nothing that is not there', () => {
    expect(says(forge(2, 1, [text('x')]))).toBe('gap');
    expect(says(forge(2, 0, [text('x'), gone(10, 3), text('y', [2, 0])]))).toBe('gap');
    expect(says(forge(2, 0, [text('x', [1, size])]))).toBe('gap');
    expect(says(forge(2, 0, [text('x', [3, 0])]))).toBe('gap');
    expect(says(forge(2, 0, [text('x', [2, 0])]))).toBe('gap');
    expect(says(forge(2, 0, [text('x', [1, size - 1]), text('y', [2, 0])]))).toBe('ok');
  });

  it('deletes nothing that is not written yet', () => {
    const nineBytes = forge(2, 0, [], [[1, size, 5]]);
    expect(nineBytes.length).toBeLessThan(10);
    const victim = new Y.Doc();
    Y.applyUpdate(victim, first.update);
    Y.applyUpdate(victim, nineBytes);
    one.text.insert(size, 'Never');
    Y.applyUpdate(victim, one.take().update);
    expect(victim.getText('summary').toJSON()).toBe('The suspect denies it.'); // what Yjs alone lets happen
    expect(cause(known, LAWYER, { client: 2, update: nineBytes })).toBe('deletes unseen');
    expect(cause(known, LAWYER, { client: 2, update: forge(2, 0, [], [[3, 0, 1]]) })).toBe('deletes unseen');
    expect(cause(known, LAWYER, { client: 2, update: forge(2, 0, [], [[1, 0, 2 ** 53 - 1]]) })).toBe('deletes unseen');
    expect(cause(known, LAWYER, { client: 2, update: forge(2, 0, [text('x')], [[2, 0, 1]]) })).toBe('ok');
  });

  it('sends no V2, whatever it does to decoders of V2', () => {
    expect(cause(known, LAWYER, { client: 2, update: Y.convertUpdateFormatV1ToV2(forge(2, 0, [text('hello')])) })).toBe(
      'malformed',
    );
    // 33 bytes that stand for 2^50 structs in V2: they hang Y.mergeUpdatesV2 (yjs#687), and end at once here.
    const bomb = fromHex('000001010000010001000000094180808080808080020180808080808080020000');
    expect(cause(known, LAWYER, { client: 2, update: bomb })).toBe('malformed');
  });

  it('claims no length without end', () => {
    expect(cause(known, LAWYER, { client: 2, update: forge(2, 0, [gone(0, 2 ** 50)]) })).toBe('too large');
    expect(cause(known, LAWYER, { client: 2, update: new Uint8Array(MAX_UPDATE + 1) })).toBe('too large');
    expect(cause(known, LAWYER, { client: 2 ** 32, update: forge(2, 0, []) })).toBe('malformed');
    expect(cause(known, LAWYER, { client: -1, update: forge(2, 0, []) })).toBe('malformed');
    expect(cause(known, LAWYER, { client: 1.5, update: forge(2, 0, []) })).toBe('malformed');
  });

  it('sends nothing that Yjs would not write', () => {
    const mine = (...structs: Parameters<typeof forge>[2]) => says(forge(2, 0, structs));
    expect(mine(text(''))).toBe('malformed');
    expect(mine(gone(0, 0))).toBe('malformed');
    const whole = forge(2, 0, [text('x')]);
    expect(cause(known, LAWYER, { client: 2, update: new Uint8Array([...whole, 0]) })).toBe('malformed');
    expect(cause(known, LAWYER, { client: 2, update: whole.subarray(0, -1) })).toBe('malformed');
    expect(cause(known, LAWYER, { client: 2, update: new Uint8Array(0) })).toBe('malformed');
    expect(cause(known, LAWYER, { client: 2, update: forge(2, 0, [], [[1, 0, 0]]) })).toBe('malformed');
    const nest = open(2);
    let deep: unknown = 1;
    for (let i = 0; i < 100; i++) deep = [deep];
    nest.doc.getArray('list').insert(0, [deep]);
    expect(cause(noEdits, LAWYER, nest.take())).toBe('malformed');
    const inner = open(2);
    inner.doc.getMap('m').set('doc', new Y.Doc());
    expect(cause(noEdits, LAWYER, inner.take())).toBe('malformed');
  });

  it('throws or hangs nothing with any bytes (seeded)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (update) => {
        checkEdit(known, LAWYER, { client: 2, update });
      }),
      { numRuns: 2000 },
    );
    const honest = open(2);
    honest.text.insert(0, 'some honest text');
    honest.text.format(2, 4, { bold: true });
    honest.text.delete(1, 2);
    const { update } = honest.take();
    fc.assert(
      fc.property(fc.nat(update.length * 8 - 1), (bit) => {
        checkEdit(known, LAWYER, { client: 2, update: flip(update, bit) });
      }),
      { numRuns: 500 },
    );
    const brackets = new Uint8Array(MAX_UPDATE).fill(117);
    brackets.set(forge(2, 0, [text('x')]).subarray(0, 5));
    expect(cause(known, LAWYER, { client: 2, update: brackets })).toBe('malformed');
  });
});
