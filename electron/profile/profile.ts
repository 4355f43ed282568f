/**
 * The profile of one person on this computer: new, locked or open. Owns its folder under userData and the way between
 * these states; promises that keys are in memory only while it is open. What else must start and stop with it (the sync
 * worker, the evidence process) is handed in.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type {
  AnewCause,
  EnrolCause,
  EnrolOffer,
  LeftHere,
  ProfileState,
  SignInCause,
  SignInOffer,
  SignInRefused,
  UnlockCause,
} from '../../shared/ipc/preload.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { comparingBy } from '../enrol/comparing.ts';
import { enrolmentAt } from '../enrol/enrolment.ts';
import { signingInAt } from '../enrol/signIn/signIn.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import type { KeyStore } from '../vault/keyStore.ts';
import { turns } from '../vault/journal/turns.ts';
import type { Hardness } from '../vault/passphrase.ts';
import { triesIn } from '../vault/tries.ts';
import type { OpenVault, VaultPlace } from '../vault/vault.ts';
import { openVault } from '../vault/vault.ts';
import { readVaultFile } from '../vault/vaultFile.ts';
import type { Session } from './session.ts';
import { beginJournal, beginSession } from './session.ts';
import { beginAnew, leftHere } from './anew.ts';
import { endedIn } from './ended.ts';
import { copiesIn, forgetErased } from './copies/erasing.ts';
import { keepWhose, orgNameOf, readWhose } from './copies/whose.ts';
import { heldChunks } from './heldChunks.ts';
import { lateIn } from './late.ts';
import type { LeaseCause } from './leaseGate.ts';
import { leaseFileIn, leaseWord, mayOpen, settled } from './leaseGate.ts';

export interface ProfilePlace {
  readonly folder: string;
  /** Where the evidence process keeps sealed chunks. */
  readonly evidence: string;
  readonly platform: Platform;
  readonly keyStore: KeyStore;
  readonly hardness: Hardness;
  readonly fetch: Fetch;
  readonly failedByAddress: () => boolean;
  /** Shows a web page in the system's own browser. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** Starts what works on an open profile. */
  opened(session: Session): Promise<void>;
  /** Flushes and stops it, before keys go. */
  closing(): Promise<void>;
  changed(state: ProfileState): void;
  /** Deletes the case store and sealed evidence of this profile, which nothing uses then. */
  eraseStores(): Promise<void>;
}

export type LockWhy = Extract<ProfileState, { is: 'locked' }>['why'];

export interface Profile {
  state(): Promise<ProfileState>;
  session(): Session | null;
  lookUp(relay: string, code: string): Promise<Result<EnrolOffer, EnrolCause>>;
  findSignIn(relay: string, orgCode: string): Promise<Result<SignInOffer, SignInCause>>;
  /** Signs in, and looks up what came of it. */
  signIn(): Promise<Result<EnrolOffer, SignInRefused>>;
  openBrowserAgain(): Promise<void>;
  cancelSignIn(): void;
  enrol(passphrase: string, deviceName: string): Promise<Result<null, EnrolCause>>;
  stopEnrolling(): void;
  unlock(passphrase: string): Promise<Result<null, UnlockCause>>;
  lock(why: LockWhy): Promise<void>;
  leftHere(): Promise<Result<LeftHere, 'not locked'>>;
  beginAnew(losing: boolean): Promise<Result<null, AnewCause>>;
  /** Looks whether the lease still runs, asks for another where it does not, and locks where there is none. Called now and then, and when the clock may have moved. */
  lookAtLease(): Promise<void>;
  /** Keeps the text of a lease file for the next unlocking, which judges it. */
  keepLeaseFile(text: string): Promise<Result<null, 'no lease' | 'disk full' | 'disk error'>>;
}

export function profileAt(at: ProfilePlace): Profile {
  const inTurn = turns();
  const file = path.join(at.folder, 'vault');
  const journal = path.join(at.folder, 'journal');
  const tries = triesIn(path.join(at.folder, 'tries'), () => at.platform.now());
  const place: VaultPlace = { file, tries, platform: at.platform, keyStore: at.keyStore, hardness: at.hardness };
  const untried = {
    waitUntil: () => Promise.resolve(null),
    begin: () => Promise.resolve(),
    succeeded: () => Promise.resolve(),
  };
  const comparing = comparingBy(() => void tell());
  const enrolment = enrolmentAt({
    platform: at.platform,
    fetch: at.fetch,
    failedByAddress: at.failedByAddress,
    compare: (digits) => comparing.show(digits),
    vault: place,
    waiting: { ...place, file: path.join(at.folder, 'enrolling'), tries: untried },
  });
  const signingIn = signingInAt(at);
  let open: { session: Session; person: string; org: string } | null = null;
  let why: LockWhy = 'start';
  const ended = endedIn(at.folder);
  const late = lateIn(at.folder, at.evidence, at.fetch);
  const copies = copiesIn({
    ...at,
    late,
    whileLocked: (work) => inTurn(async () => (open === null ? work() : null)),
  });
  const leaseFile = leaseFileIn(at.folder);
  let told: string | null = null;

  const state = async (): Promise<ProfileState> => {
    if (open !== null)
      return { is: 'open', person: open.person, org: open.org, lease: leaseWord(open.session.lease.verdict()) };
    const vault = await readVaultFile(file);
    const isForgotten = !vault.ok && vault.cause === 'none' && (await ended.is());
    if (!vault.ok && vault.cause === 'none' && !isForgotten) {
      const erased = await copies.erased();
      return { is: 'new', ...comparing.shown(), ...(erased !== null && { erased }) };
    }
    // Without a vault nothing here says whose it was, but whose organisation's.
    const clear = vault.ok ? vault.value.clear : { person: '', org: orgNameOf(await readWhose(at.folder)) };
    return {
      is: 'locked',
      ...clear,
      why: (await ended.is()) ? 'ended' : why,
      waitUntil: await tries.waitUntil(),
      copies: copies.word(),
      keyStore: at.keyStore.name === null ? 'none' : 'helps',
    };
  };
  const tell = async (): Promise<void> => at.changed(await state());

  /** Locked, and not shut out: what becomes of a computer that was, its organisation says. */
  const isLostOnly = async (): Promise<boolean> => {
    const now = await state();
    return now.is === 'locked' && now.why !== 'ended';
  };

  const lock = (because: LockWhy, forgets = false): Promise<void> =>
    inTurn(async () => {
      if (open === null) return;
      const { session } = open;
      why = because;
      try {
        await at.closing();
        // What it had not sent, with what was typed last: sealed and signed already, it needs no key to go out.
        if (because === 'ended') await late.keep(session.relay, await session.late(await heldChunks(at.evidence)));
      } finally {
        // Whatever went wrong before: no key stays.
        open = null;
        await session.end();
        if (forgets) await forget();
        await tell();
      }
      if (because === 'ended') void late.send();
    });
  /** Not waited for: what asks for it is ended by it. */
  const shutOut = async (forgets: boolean): Promise<void> => {
    await ended.mark();
    void lock('ended', forgets);
  };
  /** Every key to what this computer holds: database, journal and chunks are of no use to anybody after that. */
  const forget = async (): Promise<void> => {
    await rm(file, { force: true });
    await rm(journal, { recursive: true, force: true });
  };
  const begin = async (
    vault: OpenVault,
    who: { person: string; org: string },
  ): Promise<Result<null, 'damaged' | 'disk full' | 'disk error' | 'access ended' | LeaseCause>> => {
    const session = await beginSession(at.platform, vault, journal, at.fetch, shutOut);
    if (!session.ok) {
      await vault.close();
      return session;
    }
    const may = await mayOpen(session.value.lease, leaseFile);
    if (!may.ok) {
      const out = session.value.lease.shutOut();
      try {
        if (out !== null) {
          await ended.mark();
          await late.keep(session.value.relay, await session.value.late(await heldChunks(at.evidence)));
        }
      } finally {
        await session.value.end();
      }
      if (out?.forgets === true) await forget();
      await tell();
      return out === null ? may : fail('access ended');
    }
    await keepWhose(at.folder, vault.contents());
    open = { session: session.value, ...who };
    await at.opened(session.value);
    await tell();
    return ok(null);
  };

  return {
    state,
    session: () => open?.session ?? null,
    lookUp: async (relay, code) =>
      (await state()).is === 'new' ? enrolment.lookUp(relay, code) : fail('already enrolled'),
    findSignIn: async (relay, orgCode) =>
      (await state()).is === 'new' ? signingIn.find(relay, orgCode) : fail('already enrolled'),
    signIn: async () => {
      const signedIn = await signingIn.signIn();
      if (!signedIn.ok) return signedIn;
      const offer = await enrolment.lookUp(signedIn.value.relay, signedIn.value.code);
      return offer.ok ? offer : fail({ cause: offer.cause, day: null });
    },
    openBrowserAgain: () => signingIn.openAgain(),
    cancelSignIn: () => signingIn.cancel(),
    enrol: (passphrase, deviceName) =>
      inTurn(async () => {
        if ((await state()).is !== 'new') return fail('already enrolled');
        await mkdir(at.folder, { recursive: true, mode: 0o700 });
        const enrolled = await enrolment.enrol(passphrase, deviceName);
        comparing.end();
        if (!enrolled.ok) return enrolled;
        const { vault, person, org } = enrolled.value;
        const prepared = await beginJournal(at.platform, vault, journal);
        if (!prepared.ok) return prepared;
        await forgetErased(at.folder);
        // What this process knows of a profile that was here before is not this one's.
        ended.forget();
        [why, told] = ['start', null];
        const begun = await begin(vault, { person, org });
        return begun.ok ? ok(null) : fail(begun.cause === 'disk full' ? 'disk full' : 'disk error');
      }),
    stopEnrolling: () => comparing.stop(),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (open !== null) return ok(null);
        if (await ended.is()) return fail('access ended');
        const vault = await openVault(place, passphrase);
        if (!vault.ok) {
          await tell();
          return fail(vault.cause === 'none' ? 'damaged' : vault.cause);
        }
        const read = await readVaultFile(file);
        return begin(vault.value, read.ok ? read.value.clear : { person: '', org: '' });
      }),
    lock,
    leftHere: () =>
      inTurn(async () => ((await isLostOnly()) ? ok(await leftHere({ ...at, late })) : fail('not locked'))),
    beginAnew: (losing) =>
      inTurn(async () => {
        if (!(await isLostOnly())) return fail('not locked');
        const word = copies.word();
        if (word !== null && (word.isHeld || word.isUnsent)) return fail('kept');
        const done = await beginAnew({ ...at, late }, losing);
        if (done.ok) [why, told] = ['start', null];
        await tell();
        return done;
      }),
    lookAtLease: async () => {
      const session = open?.session;
      if (session === undefined) {
        void late.send();
        if (await copies.look()) await tell();
        return;
      }
      await session.lease.note(false);
      const verdict = await settled(session.lease);
      if (open?.session !== session) return;
      const out = session.lease.shutOut();
      if (out !== null) return shutOut(out.forgets);
      if (verdict.is !== 'good') return lock(verdict.is === 'ended' ? 'lease' : 'clock');
      const word = JSON.stringify(leaseWord(verdict));
      if (word !== told) await tell();
      told = word;
    },
    keepLeaseFile: (text) => leaseFile.keep(text),
  };
}
