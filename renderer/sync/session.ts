/**
 * One unlocked profile at work: it puts the parts together (database, keys, log, link, documents, facts) and starts them
 * in the right order: first what this disk holds, then the network. It decides nothing itself.
 */
import type { AreaId, Hash, OrgId } from '../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { LinkKind } from '../../shared/ipc/limits.ts';
import type { EvidenceCalls } from '../../shared/ipc/evidence.ts';
import type { ChosenCalls, Identity, ShellCalls, VaultCalls } from '../../shared/ipc/vault.ts';
import type { Report } from '../../shared/model/report/report.ts';
import { closedAt } from '../../shared/model/work/foldWork.ts';
import { decodeCard } from '../../shared/seal/directory/card.ts';
import type { BoxKeeper } from './cases/keys/boxKeeper.ts';
import { Facts } from './cases/facts.ts';
import { startKeepers } from './cases/keys/keepers.ts';
import { Recovered } from './cases/telling/recovered.ts';
import { isSeatKey } from './cases/keys/isSeatKey.ts';
import { Lacking } from './cases/moving/lacking.ts';
import { forgetRelay, takenBack } from './cases/telling/restored.ts';
import type { SeatKeeper } from './cases/keys/seatKeeper.ts';
import { Alarms } from './cases/telling/alarms.ts';
import { DocumentServer } from './docs/server.ts';
import { PresenceLink } from './docs/presence.ts';
import { Sieve } from './docs/sieve.ts';
import type { SieveThread } from './docs/sieveRun.ts';
import { Directories } from './log/directories.ts';
import { Keyring } from './log/keyring.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import type { LinkState, Socket } from './log/link.ts';
import type { Signed } from './late/adopted.ts';
import { readAdopted } from './late/adopted.ts';
import { endIfShutOut } from './log/shutOut.ts';
import { Link } from './log/link.ts';
import { Log } from './log/log.ts';
import type { Opened } from './log/opener.ts';
import { loadLog } from './recovering.ts';
import { Rules } from './rules/rules.ts';
import { takeOpened } from './taking.ts';
import type { Database } from './store/database.ts';
import { openDatabase } from './store/opening.ts';
import type { Records } from './store/records.ts';
import { openRecords } from './store/records.ts';
import { RelayWords } from './words/relayWords.ts';

export interface Outside {
  readonly platform: Platform;
  readonly vault: VaultCalls;
  readonly evidence: EvidenceCalls;
  readonly chosen: ChosenCalls;
  readonly shell: ShellCalls;
  readonly dial: (url: string) => Socket;
  readonly hasNetwork: () => boolean;
  readonly linkKind: () => LinkKind;
  /** Starts the disposable worker in which remote edits are tried first (`docs/sieve.worker.ts`). */
  readonly startSieve: () => SieveThread;
  /** Draws a report as a PDF, in a worker of its own without keys. */
  readonly drawReport: (report: Report) => Promise<Uint8Array>;
  /** Something that a view shows may have changed. */
  readonly changed: () => void;
  /** The browser closed the database while it was in use: nothing can be kept there until the session is opened anew. */
  readonly storeLost: () => void;
}

export interface Session extends Outside {
  readonly identity: Identity;
  readonly orgName: string;
  readonly db: Database;
  readonly records: Records;
  readonly directories: Directories;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly link: Link;
  readonly docs: DocumentServer;
  readonly sieve: Sieve;
  readonly facts: Facts;
  readonly alarms: Alarms;
  readonly recovered: Recovered;
  readonly rules: Rules;
  readonly boxKeeper: BoxKeeper;
  readonly seatKeeper: SeatKeeper;
  readonly presence: PresenceLink;
  readonly words: RelayWords;
  readonly lacking: Lacking;
  linkState: LinkState;
  /** A person says that this link is metered, whatever `linkKind` is. */
  isMetered: boolean;
  /** When this computer last held all that the relay had, and the relay all of this computer's. */
  readonly inStep: { at: Millis | null };
  /** Hears of every change of link, facts or directory: the engines' cue to look again. */
  readonly listeners: Set<() => void>;
  close(): Promise<void>;
}

/** Opens the profile's store, folds what it holds, and dials. The session works at once; the network follows. Throws what `storeCause` reads. */
export async function openSession(outside: Outside): Promise<Session> {
  const { platform, vault } = outside;
  const identity = await vault.identity();
  const card = decodeCard(identity.card);
  if (!card.ok) throw new Error('the profile holds no card of its authority');
  const relayKey = await importVerifyKey(platform, identity.relayKey);
  let begun: Session | null = null;
  const db = await openDatabase(`joinder-${identity.storeId}`, () => {
    begun?.link.stop(); // nothing more can be kept
    begun?.log.close();
    outside.storeLost();
  });
  const records = openRecords(platform, db, identity.storeKey);
  const session = assemble(outside, identity, card.value.name, relayKey, db, records);
  begun = session;
  await session.directories.load(card.value.signKey, identity.statements);
  await session.rules.load();
  await session.keyring.load();
  for (const one of identity.seatKeys)
    if (isSeatKey(session, one)) session.keyring.addSeat(one.seat, one.generation, one.keys);
  await session.sieve.load();
  await session.docs.load();
  await session.boxKeeper.load();
  await session.alarms.load();
  await session.words.load();
  for (const { key, value } of await records.list('acknowledged ')) {
    session.facts.acknowledge(key.slice('acknowledged '.length) as Hash, value as { n: number; time: Millis });
  }
  for (const { key, value } of await records.list('heard '))
    session.log.lastHeard.set(key.slice('heard '.length) as OrgId, Number(value));
  for (const { value } of await records.list('disposal '))
    session.log.forgetting.dispose((value as { areas: readonly AreaId[] }).areas); // sealed by this profile
  await loadLog(session);
  const inStep = await records.get('in step');
  session.inStep.at = typeof inStep === 'number' ? inStep : null;
  endIfShutOut(session);
  session.link.start();
  return session;
}

function assemble(
  outside: Outside,
  identity: Identity,
  orgName: string,
  relayKey: Key,
  db: Database,
  records: Records,
): Session {
  const { platform, vault } = outside;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
    outside.changed();
  };
  const directories = new Directories(platform, db, identity.org);
  const keyring = new Keyring(platform, records);
  const [facts, rules] = [new Facts(directories), new Rules(platform, directories)];
  const alarms = new Alarms({ platform, records, directories, orgName, changed });
  const link = new Link({
    relay: identity.relay,
    relayKey: identity.relayKey,
    org: identity.org,
    device: identity.device,
    now: () => platform.now(),
    random: () => (platform.random(1)[0] ?? 0) / 256,
    hasNetwork: outside.hasNetwork,
    dial: outside.dial,
    sign: (label, parts) => vault.sign(label, parts),
    welcomed: (message) => {
      presence.welcomed();
      void log.welcomed(message).then(() => (keepers.look(), words.welcomed(message)), changed);
    },
    pushed: (message) =>
      message.t === 'presence' ? presence.hear(message.area, message.frame) : void log.pushed(message).catch(() => {}),
    changed: (state) => {
      session.linkState = state;
      changed();
    },
  });
  const refuse = ({ area, hash, header }: Opened, cause: string): void =>
    alarms.refused(area, 'content', { ...header, hash, cause });
  const adopted = (opened: Opened): Promise<Signed | null> => readAdopted({ platform, directories, log }, opened);
  const take = (entries: readonly Opened[]): Promise<void> =>
    takeOpened({ facts, docs, adopted, refused: refuse, changed }, entries);
  const common = { platform, vault, identity, directories, keyring };
  const lacking = new Lacking(outside.evidence, changed);
  const words = new RelayWords({ platform, relayKey, records, alarms, link: () => link, log: () => log });
  const log = new Log({
    ...common,
    db,
    relayKey,
    link: () => link,
    records,
    saysToo: (area) => words.toSay(area),
    covered: (entry) => docs.covered(entry),
    rewound: (area, n) => docs.rewind(area, n),
    heard: (org, at) => records.put(`heard ${org}`, at),
    news: {
      opened: take,
      shown: (more) => void words.heard(more),
      acknowledged: async (hash, place) => {
        await records.put(`acknowledged ${hash}`, place);
        facts.acknowledge(hash, place);
      },
      refused: (area, at, refused) => alarms.refused(area, at, refused),
      lie: (area, lie, evidence) => alarms.lie(area, lie, evidence),
      falseDirectory: (org, what) => alarms.falseDirectory(org, what),
      renewed: () => alarms.renewed(),
      replaced: (hash) => facts.forget(hash),
      keyWithheld: (area) => alarms.keyWithheld(area),
      fault: (area) => alarms.fault(area),
      diskFull: (is) => alarms.diskFull(is),
      changed,
      directoryChanged: () => {
        facts.revision++; // which areas are a case's here follows from who holds which post too
        endIfShutOut(common);
        keepers.look();
      },
      accessChanged: (isKeyAlone) => keepers.accessChanged(isKeyAlone),
      unplaced: (hashes) => facts.unplace(hashes),
      restored: (generation) =>
        forgetRelay({ records, facts, own: identity.org, boxKeeper: keepers.boxKeeper, alarms }, generation),
      lacks: (area, chunks) => lacking.heard(area, chunks),
      takenBack: () => takenBack(facts, identity.org),
    },
  });
  const sieve = new Sieve({ records, start: outside.startSieve });
  const docs = new DocumentServer({
    records,
    sieve,
    write: async (pieces) => (await log.writer.write(pieces)).ok,
    refused: refuse,
    changed: () => changed(),
    presence: (area, stream, update) => presence.send(area, stream, update),
    closedAt: (area) => closedAt(facts.inArea(area)),
    again: (area) => void log.again(area, () => docs.beginAgain(area)),
  });
  const keepers = startKeepers({ ...common, log, link, records, facts, changed });
  const presence = new PresenceLink({
    ...common,
    log,
    link,
    opened: (area, stream, update) => docs.takePresence(area, stream, update),
  });
  const session: Session = {
    ...outside,
    changed,
    identity,
    orgName,
    db,
    records,
    directories,
    keyring,
    log,
    link,
    docs,
    sieve,
    facts,
    alarms,
    recovered: new Recovered(records),
    rules,
    boxKeeper: keepers.boxKeeper,
    seatKeeper: keepers.seatKeeper,
    presence,
    words,
    lacking,
    linkState: { is: 'off' },
    isMetered: false,
    inStep: { at: null },
    listeners,
    async close() {
      await docs.flush();
      await docs.checkpointAll();
      link.stop();
      log.close();
      sieve.close();
      db.end();
    },
  };
  return session;
}
