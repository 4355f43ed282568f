/**
 * Deleting what a leaver's computer holds, by its authority's signed order and by nothing else: no clock of this computer takes
 * part. Promises that what was not sent has gone to the late lane before; that an end in the middle is gone on with at the next
 * start; and that what was done stays said, here and in the authority's record.
 */
import { readFile, readdir, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CopiesWord } from '../../../shared/ipc/preload.ts';
import { decodeFrame, encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR, MINUTE } from '../../../shared/primitives/units.ts';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import { readErasure } from '../../../shared/seal/devices/erasure.ts';
import type { SignedErasure } from '../../../shared/seal/devices/erasure.ts';
import type { Fetch } from '../../../shared/wire/enrolClient.ts';
import * as f from '../../../shared/wire/fields.ts';
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';
import { askAsStranger } from '../../../shared/wire/stranger.ts';
import { writeWhole } from '../../disk/writeWhole.ts';
import { readJournal } from '../../vault/journal/journal.ts';
import type { Late } from '../late.ts';
import type { Whose } from './whose.ts';
import { orgNameOf, readWhose } from './whose.ts';

const ASK_EVERY: Millis = 6 * HOUR;
const ASK_AGAIN: Millis = MINUTE;

export interface CopiesPlace {
  readonly folder: string;
  readonly platform: Platform;
  readonly fetch: Fetch;
  readonly late: Late;
  /** Deletes what lies outside of the profile's folder: the case store, sealed evidence. */
  readonly eraseStores: () => Promise<void>;
  /** Does something while the profile is locked and stays so; null: it is open. Asking does not wait for this, nor holds up an unlocking. */
  readonly whileLocked: <T>(work: () => Promise<T>) => Promise<T | null>;
}

export interface Copies {
  /** What is to be said of them on the locked screen; null: nothing, as far as is known. */
  word(): CopiesWord | null;
  /** Of a profile that was deleted: whose it was, and by an order of when. */
  erased(): Promise<{ readonly org: string; readonly at: Millis } | null>;
  /** Asks the authority now and then, and does what it orders. Only while the profile is locked. True: something has changed. */
  look(): Promise<boolean>;
}

/** An order under way; then, without `order`, one that was carried out. `isTold`: the authority has heard. */
const schema = z.object({
  whose: z.object({ relay: z.string(), org: f.org, device: f.device, card: z.string() }),
  issued: f.count,
  isDone: z.boolean(),
  isTold: z.boolean(),
});
type Kept = z.infer<typeof schema>;

export function copiesIn(at: CopiesPlace): Copies {
  const file = path.join(at.folder, 'erased');
  let said: CopiesWord | null = null;
  let next = Number.NEGATIVE_INFINITY;
  let running: Promise<boolean> | null = null;

  async function kept(): Promise<Kept | null> {
    try {
      return schema.parse(decodeFrame(new Uint8Array(await readFile(file))));
    } catch {
      return null; // none, or one that cannot be read: the authority is asked again
    }
  }
  const keep = (what: Kept): Promise<unknown> => writeWhole(file, encodeCbor(what));

  async function ask({ relay, card: text, device }: Whose, done: Millis | null): Promise<StrangerAnswer | null> {
    const card = decodeCard(text);
    if (!card.ok) return null;
    const answer = await askAsStranger(at, { relay, card: card.value }, { do: 'copies', device, done });
    return answer.ok ? answer.value : null;
  }

  /** When the order was signed, if it is this authority's, for this computer. */
  async function orderOf(whose: Whose, order: SignedErasure): Promise<Millis | null> {
    const card = decodeCard(whose.card);
    if (!card.ok) return null;
    const key = await importVerifyKey(at.platform, card.value.signKey);
    const read = await readErasure(at.platform, key, order);
    return read.ok && read.value.org === whose.org && read.value.device === whose.device ? read.value.issued : null;
  }

  /** Everything but the word that it was done. What was not sent goes out first: false: it could not yet. */
  async function erase(under: Kept): Promise<boolean> {
    const { relay, org, device } = under.whose;
    // One that nobody unlocked since it was shut out has not looked what it had not sent.
    if ((await at.late.isEmpty()) && !(await at.late.wasSent())) {
      const records = await readJournal(path.join(at.folder, 'journal'), at.platform);
      // A disk that fails may be read the next time; what is gone or damaged is not.
      if (!records.ok && (records.cause === 'disk full' || records.cause === 'disk error')) return false;
      const entries = records.ok ? records.value.map(({ entry }) => entry) : [];
      const boxes = records.ok ? records.value.flatMap((one) => [...one.boxes]) : [];
      // It is locked: nothing can be signed for what its disk holds besides.
      if (entries.length > 0) await at.late.keep(relay, { org, device, entries, boxes, held: [] });
    }
    if (!(await at.late.isEmpty())) await at.late.sendNow();
    if (!(await at.late.isEmpty())) return false;
    await at.eraseStores();
    for (const name of await readdir(at.folder))
      if (name !== path.basename(file)) await rm(path.join(at.folder, name), { recursive: true, force: true });
    await keep({ ...under, isDone: true });
    return true;
  }

  async function goOn(under: Kept): Promise<boolean> {
    next = performance.now() + ASK_AGAIN;
    if (under.isDone) return tell(under).then(() => false);
    const done = await at.whileLocked(() => erase(under));
    if (done === null) return false;
    const word: CopiesWord = { day: null, isHeld: false, isUnsent: true };
    const isNews = done || JSON.stringify(word) !== JSON.stringify(said);
    said = done ? null : word;
    if (done) await tell({ ...under, isDone: true });
    return isNews;
  }

  async function tell(under: Kept): Promise<void> {
    if (under.isTold) return;
    const heard = await ask(under.whose, under.issued);
    // Enrolled anew while it was told: what stands here then is another profile's, of whose copies nothing was said yet.
    if (heard !== null)
      await at.whileLocked(async () => ((await kept()) === null ? null : keep({ ...under, isTold: true })));
  }

  async function run(): Promise<boolean> {
    const under = await kept();
    if (under !== null) return goOn(under);
    const whose = await readWhose(at.folder);
    if (whose === null) return false;
    const answer = await ask(whose, null);
    next = performance.now() + (answer === null ? ASK_AGAIN : ASK_EVERY);
    if (answer?.is === 'keep') {
      const word =
        answer.day === null && !answer.isHeld ? null : { day: answer.day, isHeld: answer.isHeld, isUnsent: false };
      const isNews = JSON.stringify(word) !== JSON.stringify(said);
      said = word;
      return isNews;
    }
    if (answer?.is !== 'erase') return false;
    const issued = await orderOf(whose, answer.order);
    if (issued === null) return false;
    const fresh = { whose, issued, isDone: false, isTold: false };
    await keep(fresh);
    return (await goOn(fresh)) || true;
  }

  return {
    word: () => said,
    erased: async () => {
      const under = await kept();
      if (under?.isDone !== true) return null;
      return { org: orgNameOf(under.whose), at: under.issued };
    },
    look: async () => {
      if (running !== null || performance.now() < next) return false;
      running = run().catch(() => {
        next = performance.now() + ASK_AGAIN; // a disk that fails: gone on with later
        return false;
      });
      const changed = await running;
      running = null;
      return changed;
    },
  };
}

/** A profile that is enrolled anew begins without the word about what was here before. */
export const forgetErased = (folder: string): Promise<void> =>
  unlink(path.join(folder, 'erased')).catch(() => undefined); // there was none
