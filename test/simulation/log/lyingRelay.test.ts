/**
 * A relay that lies, with its own key in its hand: it alters, drops, reorders, replays, forks and rolls back. Each is noticed,
 * said in a sentence, and marks its case; nothing false is taken, nothing written here is lost, and the other cases go on.
 */
import { cp, rename, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { signReceipt } from '../../../renderer/sync/cases/release/receiving.ts';
import { platform } from '../../../electron/platform.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { AreaId, CaseId, Hash } from '../../../shared/primitives/ids.ts';
import { generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { sealBox } from '../../../shared/seal/boxes.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader, encodeHeader } from '../../../shared/seal/entry/header.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import { signTip } from '../../../shared/seal/area/order.ts';
import type { FromRelay, LogItem } from '../../../shared/wire/link.ts';
import type { Body } from '../../support/lyingRelay.ts';
import { LyingRelay } from '../../support/lyingRelay.ts';
import { addFile, deliver, makeCase, me, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from './openDocument.ts';
import { World } from '../world.ts';

type Log = Extract<FromRelay, { t: 'log' }>;

let world: World;
let liar: LyingRelay;
let officer: Computer;
let colleague: Computer;
/** A case that no lie is about. */
let other: Place;

/** A case, and its summary as two computers show it. */
interface Place {
  readonly of: CaseId;
  readonly area: AreaId;
  mine: OpenDocument;
  theirs: OpenDocument;
}

beforeAll(async () => {
  world = await World.begin();
  liar = await LyingRelay.begin(world.relayUrl, world.relayFolder);
  officer = await world.computer('officer', 'officer', liar.url);
  colleague = await world.computer('colleague', 'officer2', liar.url);
  other = await openCase('Another case');
}, 40_000);
afterAll(async () => {
  await world.end();
  await liar.close();
}, 20_000);

async function openCase(title: string): Promise<Place> {
  const of = await makeCase(officer, title);
  const area = await colleague.area(of, 'working papers');
  const [mine, theirs] = [await officer.openDocument(area, 'summary'), await colleague.openDocument(area, 'summary')];
  const place = { of, area, mine, theirs };
  await bothWays(place);
  return place;
}

let words = 0;
async function bothWays({ area, mine, theirs }: Place): Promise<void> {
  words++;
  const [first, second] = [`officer ${words}. `, `colleague ${words}. `];
  mine.text.insert(0, first);
  theirs.text.insert(0, second);
  await until(
    () => [mine, theirs].every(({ text }) => text.toJSON().includes(first) && text.toJSON().includes(second)),
    'text in both directions',
  );
  await until(
    async () => (await unsent(officer, area)) + (await unsent(colleague, area)) === 0,
    'everything at the relay',
  );
}
const unsent = ({ session }: Computer, area: AreaId): Promise<number> =>
  session.db.outbox.where('area').equals(area).count();
/** It was noticed and said, marks its case and no other, and the other goes on. */
async function isSaid(computer: Computer, { of }: Place, sentence: RegExp): Promise<void> {
  await warned(computer, sentence);
  await until(async () => (await computer.word(of)) === 'Needs attention: the relay did not keep its word');
  await bothWays(other);
  expect(await computer.word(other.of)).not.toContain('attention');
}
const warned = (computer: Computer, sentence: RegExp): Promise<unknown> =>
  until(
    () => computer.alarms.some((alarm) => sentence.test(alarm)),
    () => `a warning: ${sentence}; there are: ${computer.alarms.join(' | ')}`,
  );
/** A history in which an entry is missing, or stands elsewhere, shows by its writer's number or by what they had seen. */
const OTHER_ORDER = /an earlier one of the same computer is missing|two different histories/;
const device = (computer: Computer) => computer.session.identity.device;

/** Bends the news and answers about one area that the officer is given. */
function bendLog(
  { area }: Place,
  bend: (message: Log) => readonly FromRelay[] | Promise<readonly FromRelay[]>,
  computer = officer,
): void {
  liar.toDevice(device(computer), (message) =>
    message.t === 'log' && message.area === area ? bend(message) : [message],
  );
}
async function tellTruth(computer = officer): Promise<void> {
  liar.toDevice(device(computer), null);
  liar.cut(device(computer));
  await until(() => !computer.session.link.open);
  computer.session.link.retryNow();
  await until(() => computer.session.link.open, 'a link');
}
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
const lastOf = (area: AreaId): LogItem => liar.order(area).at(-1) as LogItem;

describe('altering', () => {
  it('is noticed in the bytes of an entry, and goes on by itself once the truth is told', async () => {
    const place = await openCase('Altered');
    bendLog(place, (message) => [
      {
        ...message,
        items: message.items.map((item) => (item.entry ? { ...item, entry: withTime(item.entry) } : item)),
      },
    ]);
    place.theirs.text.insert(0, 'On the way. ');
    await isSaid(officer, place, /altered, left out or reordered/);
    place.mine.text.insert(0, 'Written meanwhile. ');
    await until(() => place.mine.isSaved);
    await tellTruth();
    await until(
      () => place.mine.text.toJSON().includes('On the way') && place.theirs.text.toJSON().includes('Written meanwhile'),
      'both to merge',
    );
  });

  it('is noticed where the relay signs for a header of its own making', async () => {
    const place = await openCase('Forged');
    bendLog(place, async (message) => {
      const bodies = message.items.map(({ time, entry, anchor }): Body => ({
        time,
        anchor,
        entry: entry && withTime(entry),
      }));
      const items = await liar.chain(before(place.area, message), bodies);
      return [{ ...message, items, tip: await liar.sign(place.area, items.at(-1) as LogItem) }];
    });
    place.theirs.text.insert(0, 'Signed by nobody. ');
    await isSaid(officer, place, /was refused: its signature does not verify/);
    expect(place.mine.text.toJSON()).not.toContain('Signed by nobody');
    liar.toDevice(device(officer), null);
  });

  it('of a seal is mended where the relay has the right one, and said where it has not', async () => {
    const place = await openCase('Sealed');
    const spoil = (message: Log): Log => ({
      ...message,
      items: message.items.map((item) => ({
        ...item,
        entry: item.entry && flipped(item.entry, item.entry.length - 5),
      })),
    });
    bendLog(place, (message) => [message.q === null ? spoil(message) : message]);
    place.theirs.text.insert(0, 'Spoilt once. ');
    await until(() => place.mine.text.toJSON().includes('Spoilt once'), 'the text, asked for again');
    bendLog(place, (message) => [spoil(message)]);
    place.theirs.text.insert(0, 'Spoilt always. ');
    await isSaid(officer, place, /its content does not open/);
    liar.toDevice(device(officer), null);
  });

  it('of what bears the relay’s signature is passed over, and said', async () => {
    const place = await openCase('Unsigned');
    bendLog(place, (message) => [
      { ...message, tip: { ...message.tip, signature: flipped(message.tip.signature, 9) } },
    ]);
    place.theirs.text.insert(0, 'Without proof. ');
    await warned(officer, /without its own proof/);
    await tellTruth();
    await bothWays(place);
  });
});

describe('dropping', () => {
  it('of one entry is noticed when a later one of its computer comes', async () => {
    const place = await openCase('Dropped');
    let held: Log | null = null;
    bendLog(place, async (message) => {
      if (message.items.length === 0) return [];
      if (!held) {
        held = message;
        return [];
      }
      // The order without what was dropped, signed anew.
      const items = await liar.chain(
        before(place.area, held),
        message.items
          .filter(({ n }) => n >= (held?.tip.n ?? 0) + 1)
          .map(({ time, entry, anchor }) => ({ time, entry, anchor })),
      );
      return [{ ...message, items, tip: await liar.sign(place.area, items.at(-1) as LogItem) }];
    });
    place.theirs.text.insert(0, 'Dropped. ');
    await until(() => held !== null, 'something to drop');
    await until(() => place.theirs.isSaved);
    place.theirs.text.insert(0, 'Later. ');
    await isSaid(officer, place, OTHER_ORDER);
    liar.toDevice(device(officer), null);
  });

  it('of what it says to have is noticed at once', async () => {
    const place = await openCase('Withheld');
    bendLog(place, (message) => (message.q === null ? [] : [{ ...message, items: [] }]));
    place.theirs.text.insert(0, 'Kept back. ');
    await until(() => place.theirs.isSaved);
    await until(() => lastOf(place.area).n > officer.session.log.replica(place.area).row.n);
    const last = lastOf(place.area);
    liar.say(device(officer), { t: 'moved', tip: await liar.sign(place.area, last) });
    await isSaid(officer, place, /no longer gives a case, or part of one/);
    await tellTruth();
    await until(() => place.mine.text.toJSON().includes('Kept back'));
  });
});

it('notices what comes in another order than it has', async () => {
  const place = await openCase('Reordered');
  const items: LogItem[] = [];
  bendLog(place, async (message) => {
    items.push(...message.items);
    if (items.length < 2) return [];
    const swapped = [items[1], items[0]].map((item): Body => ({
      time: items[0]?.time ?? 0,
      entry: item?.entry ?? null,
      anchor: null,
    }));
    const chained = await liar.chain(
      liar.order(place.area).find(({ n }) => n === (items[0]?.n ?? 0) - 1) ?? null,
      swapped,
    );
    return [{ ...message, items: chained, tip: await liar.sign(place.area, chained.at(-1) as LogItem) }];
  });
  place.theirs.text.insert(0, 'First. ');
  await until(() => items.length === 1, 'the first');
  place.theirs.text.insert(0, 'Second. ');
  await isSaid(officer, place, OTHER_ORDER);
  liar.toDevice(device(officer), null);
});

it('takes nothing twice, and says where the relay gives an old entry a new place', async () => {
  const place = await openCase('Replayed');
  let last: Log | null = null;
  bendLog(place, (message) => {
    last = message;
    return [message, message];
  });
  place.theirs.text.insert(0, 'Once. ');
  await until(() => place.mine.text.toJSON().includes('Once'));
  expect(place.mine.text.toJSON().match(/Once/g)).toHaveLength(1);
  liar.toDevice(device(officer), null);
  const { items, area } = last as unknown as Log;
  const again = await liar.chain(lastOf(area), [items.at(-1) as LogItem]);
  liar.say(device(officer), { t: 'log', q: null, area, items: again, tip: await liar.sign(area, again[0] as LogItem) });
  await isSaid(officer, place, /refused: /);
  expect(place.mine.text.toJSON().match(/Once/g)).toHaveLength(1);
});

describe('forking', () => {
  it('is proven by two signatures under one place', async () => {
    const place = await openCase('Forked');
    const [last, previous] = [liar.order(place.area).at(-1), liar.order(place.area).at(-2)] as [LogItem, LogItem];
    const [another] = await liar.chain(previous, [{ ...last, time: last.time + 1 }]);
    liar.say(device(officer), { t: 'moved', tip: await liar.sign(place.area, another as LogItem) });
    await isSaid(officer, place, /two different histories/);
    await officer.crash();
    await isSaid(officer, await reopened(place), /two different histories/);
    place.theirs.text.insert(0, 'After the fork. ');
    await until(() => lastOf(place.area).n > last.n);
    await bothWays(other);
    expect((await officer.openDocument(place.area, 'summary')).text.toJSON()).not.toContain('After the fork');
  });

  it('is noticed by the other side when an entry written on one branch gets to the other', async () => {
    const place = await openCase('Branched');
    const branch: LogItem[] = [];
    // The officer is shown an order of their own; what they write there is handed to the colleague on theirs.
    liar.fromDevice(device(officer), async (message) => {
      if (message.t !== 'append' || message.area !== place.area) return [message];
      const time = Date.now();
      const [own] = await liar.chain(branch.at(-1) ?? lastOf(place.area), [
        { time: time + 7, entry: message.entry, anchor: null },
      ]);
      branch.push(own as LogItem);
      const tip = await liar.sign(place.area, own as LogItem);
      liar.say(device(officer), { t: 'log', q: null, area: place.area, items: [own as LogItem], tip });
      liar.say(device(officer), { t: 'appended', q: message.q, entry: 'ab'.repeat(32) as Hash, n: tip.n, tip });
      const [theirs] = await liar.chain(colleaguesLast ?? lastOf(place.area), [
        { time, entry: message.entry, anchor: null },
      ]);
      colleaguesLast = theirs as LogItem;
      liar.say(device(colleague), {
        t: 'log',
        q: null,
        area: place.area,
        items: [colleaguesLast],
        tip: await liar.sign(place.area, colleaguesLast),
      });
      return [];
    });
    let colleaguesLast: LogItem | null = null;
    place.mine.text.insert(0, 'On my branch. ');
    await until(
      () => branch.length === 1 && officer.session.log.replica(place.area).row.h === branch[0]?.h,
      'the officer on a branch',
    );
    place.mine.text.insert(0, 'More on my branch. ');
    await isSaid(colleague, place, /two different histories/);
    liar.fromDevice(device(officer), null);
  });
});

describe('rolling back', () => {
  it('is noticed after an older copy of the relay’s data was put back, and goes on when the right one is', async () => {
    const place = await openCase('Rolled back');
    await world.stopRelay();
    await cp(world.relayFolder, `${world.relayFolder}.old`, { recursive: true });
    await world.startRelay();
    await Promise.all([linked(officer), linked(colleague)]);
    await bothWays(place);
    const young = await openCase('Younger than the copy');
    const file = await addFile(officer, place.of, 'statement.txt');
    await releaseTo(officer, place.of, [file]);
    await until(
      async () =>
        (await officer.view(place.of)).packages[0]?.word.text !== undefined &&
        (await unsent(officer, place.area)) === 0,
      'the package at the relay',
    );

    await swapFolders();
    await linked(officer);
    await warned(officer, /gone back behind what/);
    await warned(officer, /no longer gives a case/);
    for (const { of } of [place, young])
      expect(await officer.word(of)).toBe('Needs attention: the relay did not keep its word');
    place.mine.text.insert(0, 'Written on a false relay. ');
    await until(() => place.mine.isSaved);
    await releaseTo(officer, place.of, [file]);
    await officer.crash();
    expect(await officer.word(place.of)).toBe('Needs attention: the relay did not keep its word');
    const again = await reopened(place);
    expect(again.mine.text.toJSON()).toContain('Written on a false relay');

    await swapFolders();
    await Promise.all([linked(officer), linked(colleague)]);
    await bothWays(again);
    expect(again.theirs.text.toJSON()).toContain('Written on a false relay');
    for (const { id } of officer.session.alarms.open()) await officer.session.alarms.markSeen(id);
    await until(async () => /^(Up to date|Sending|Receiving)/.test(await officer.word(young.of)));
  }, 30_000);
});

describe('between organisations', () => {
  it('counts a package as sent only on an acknowledgement that bears the relay’s own signature', async () => {
    const place = await openCase('Acknowledged');
    const bystander = (await generateSigningKeys(platform)).privateKey;
    const forgeries: ((tip: Tip) => Tip | Promise<Tip>)[] = [
      (tip) => signTip(platform, bystander, tip),
      (tip) => ({ ...tip, signature: flipped(tip.signature, 9) }),
      // Truly signed, and for somewhere else.
      () => liar.sign(place.area, lastOf(place.area)),
    ];
    for (const forge of forgeries) {
      const { org, seat } = partnerPost(officer.session);
      const intake = (await officer.session.log.intake(org, seat)).state.area;
      let said: Hash | null = null;
      liar.toDevice(device(officer), async (message) => {
        if (message.t !== 'appended' || message.tip.area !== intake) return [message];
        said = message.entry;
        return [{ ...message, tip: await forge(message.tip) }];
      });
      for (const { id } of officer.session.alarms.open()) await officer.session.alarms.markSeen(id);
      const id = await releaseTo(officer, place.of, []);
      await warned(officer, /without its own proof/);
      const pkg = (): PackageState | undefined => packages(officer.session).find((one) => one.package === id);
      expect(pkg()?.posted?.entry).toBe(said);
      expect(pkg()?.sentAt).toBeNull();
      expect(officer.session.facts.acknowledged.has(said as unknown as Hash)).toBe(false);
      await tellTruth();
      await until(() => pkg()?.sentAt, 'the package as sent, once the relay has signed for it');
    }
  });

  it('says when a partner was last heard, and notices a receipt left out when a later one comes', async () => {
    const prosecutor = await world.computer('prosecutor', 'prosecutor', liar.url);
    const place = await openCase('Released');
    const [first, ...files] = [
      await addFile(officer, place.of, 'first.txt'),
      await addFile(officer, place.of, 'one.txt'),
      await addFile(officer, place.of, 'two.txt'),
    ];
    await deliver(prosecutor, await releaseTo(officer, place.of, [first]));
    const shared = await prosecutor.area(place.of, 'case file');
    const notes = async (): Promise<readonly string[]> =>
      (await officer.view(place.of)).areas.find(({ kind }) => kind === 'case file')?.notes ?? [];
    await until(async () => (await notes()).length > 0, 'the Case file to be live');
    const second = await releaseTo(officer, place.of, files);
    const received = await until(
      () => packages(prosecutor.session).find((p) => p.package === second),
      'the second package',
    );
    const sign = async (i: number): Promise<void> => {
      const file = received.files[i]?.file as FileRecord;
      expect((await signReceipt(prosecutor.session, received.content, file, 'delivered')).ok).toBe(true);
    };
    const intake = (await officer.session.log.intake(me(officer.session).org, me(officer.session).seat)).state.area;
    let held: Log | null = null;
    bendLog({ ...place, area: intake }, async (message) => {
      if (held === null) {
        held = message;
        return [];
      }
      const items = await liar.chain(before(intake, held), [...anchorsOf(held), ...message.items]);
      return [{ ...message, items, tip: await liar.sign(intake, items.at(-1) as LogItem) }];
    });
    await sign(0);
    await until(() => held !== null, 'a receipt to drop');
    await sign(1);
    await isSaid(
      officer,
      place,
      /by Helen Marsh, Fellshire Prosecution Service was refused: an earlier one of the same computer is missing/,
    );
    const pkg = (await officer.view(place.of)).packages.find((one) => one.package === second);
    expect(pkg?.files.flatMap(({ receipts }) => receipts)).toEqual([]);

    const text = await prosecutor.openDocument(shared, 'summary');
    text.text.insert(0, 'Heard. ');
    await until(
      async () => /^Last heard from Fellshire Prosecution Service: \d\d:\d\d$/.test((await notes())[0] ?? ''),
      'when it was last heard',
    );
    await officer.crash();
    expect((await notes())[0]).toMatch(/^Last heard from/);
    await reopened(place);
  });

  it('opens a package by its right key, whatever boxes the relay puts beside it', async () => {
    const place = await openCase('Boxed');
    const prosecutor = await world.computer('another prosecutor', 'prosecutor2', liar.url);
    liar.toDevice(device(prosecutor), async (message) => {
      if (message.t !== 'boxes') return [message];
      const seats = [
        ...(prosecutor.session.directories.current(prosecutor.session.identity.org)?.seats.values() ?? []),
      ];
      const forged = await Promise.all(
        message.boxes.map(async ({ subject, to, generation }) =>
          sealBox(
            subject,
            to,
            generation,
            seats.find(({ seat }) => seat === to)?.publicKey ?? (await generateBoxKeys()).publicKey,
            new Uint8Array(32).fill(9),
          ),
        ),
      );
      return [{ ...message, boxes: [...forged, ...message.boxes] }];
    });
    await releaseTo(officer, place.of, []);
    await until(() => packages(prosecutor.session).some((p) => p.content.case === place.of), 'the package');
    await prosecutor.area(place.of, 'case file');
    expect(prosecutor.alarms).toEqual([]);
  });
});

it('says which directory its authority did not sign, or was taken back', async () => {
  liar.toDevice(device(officer), (message) =>
    message.t === 'directory'
      ? [
          {
            ...message,
            statements: message.statements.map((one) => ({ ...one, signature: flipped(one.signature, 3) })),
          },
        ]
      : [message],
  );
  await world.computer('a third', 'officer2');
  await warned(officer, /^The relay sent a directory of Fellshire Police that its authority did not sign\.$/);
  await tellTruth();
  await until(
    () => officer.session.directories.current(me(officer.session).org)?.devices.size === 3,
    'the right directory',
  );
  liar.toDevice(device(officer), (message) =>
    message.t === 'welcome'
      ? [{ ...message, directories: message.directories.map((one) => ({ ...one, n: one.n - 1 })) }]
      : [message],
  );
  liar.cut(device(officer));
  await warned(officer, /gone back behind a directory of Fellshire Police/);
  liar.toDevice(device(officer), null);
});

it('that signs one word on everything for one computer and another for its colleague is caught by what they write', async () => {
  for (const [computer, leaves] of [
    [officer, 'ab'],
    [colleague, 'cd'],
  ] as const) {
    const word = await liar.signWord(leaves.repeat(32) as Hash);
    liar.toDevice(device(computer), (message) => (message.t === 'words' ? [{ ...message, words: [word] }] : [message]));
    liar.cut(device(computer));
    await until(() => {
      computer.session.link.retryNow();
      return computer.session.words.standing !== null;
    }, 'a word');
  }
  await bothWays(other);
  const said = /^The relay has signed two histories that cannot both be\.$/;
  await Promise.all([warned(officer, said), warned(colleague, said)]);
  expect(await officer.session.words.kept.lines()).toHaveLength(2);
  // Nothing is stopped by it: each case is judged by its own order.
  await bothWays(other);
  for (const computer of [officer, colleague]) await tellTruth(computer);
});

const anchorsOf = (message: Log): Body[] => message.items.filter(({ anchor }) => anchor !== null);

/** Everything in the area before these items. */
const before = (area: AreaId, message: Log): LogItem | null =>
  liar.order(area).find(({ n }) => n === (message.items[0]?.n ?? 0) - 1) ?? null;

/** The same entry as if written at another time: the signature does not fit any more. */
function withTime(encoded: Uint8Array): Uint8Array {
  const entry = decodeEntry(encoded);
  const header = entry.ok ? decodeHeader(entry.value.header) : entry;
  if (!entry.ok || !header.ok) throw new Error('unreadable');
  return encodeEntry({ ...entry.value, header: encodeHeader({ ...header.value, time: header.value.time + 1 }) });
}
async function linked(computer: Computer): Promise<void> {
  await until(() => {
    computer.session.link.retryNow();
    return computer.session.link.open;
  }, 'a link');
}
async function reopened(place: Place): Promise<Place> {
  other = { ...other, mine: await officer.openDocument(other.area, 'summary') };
  return { ...place, mine: await officer.openDocument(place.area, 'summary') };
}
async function swapFolders(): Promise<void> {
  await world.stopRelay();
  const [now, old, aside] = [world.relayFolder, `${world.relayFolder}.old`, `${world.relayFolder}.aside`];
  await rename(now, aside);
  await rename(old, now);
  await rename(aside, old);
  await rm(aside, { recursive: true, force: true });
  await world.startRelay();
}
