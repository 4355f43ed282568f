/**
 * An organisation that a history happens to, with a partner and a guest, of real parts: signed directory, chain, entries and boxes, the verdict of `admit`, the
 * relay's rights, the rules that deny, and what each client does about keys. Nothing sleeps and nothing waits: computers that
 * are on line take turns until nothing is left to do.
 */
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { DeviceId, Hash, OrgId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import { denialOfPerson, denialOfSeat, foldLimits } from '../../../shared/model/access/limits.ts';
import type { ChainStep } from '../../../shared/model/access/spans.ts';
import { grantingsOf } from '../../../shared/model/access/spans.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import type { AreaState } from '../../../shared/seal/area/admit.ts';
import { admit, emptyArea, roleIn } from '../../../shared/seal/area/admit.ts';
import { EMERGENCY_ROLE, REASON_SALT, emergencyAt, hashReason } from '../../../shared/seal/area/emergency.ts';
import { commitToKey, newAreaKey, sealLink } from '../../../shared/seal/area/areaKey.ts';
import type { AreaKind, ChainOp } from '../../../shared/seal/area/chain.ts';
import { currentEpoch, decodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { epochSubject, hashBoxes, sealBox } from '../../../shared/seal/boxes.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { emptyDirectory, extendDirectory, seatsOf } from '../../../shared/seal/directory/directory.ts';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import type { Area, Org } from '../../../shared/seal/fixture.ts';
import {
  HASH_0,
  enrol,
  makeArea,
  makeOrg,
  pair,
  platform,
  say,
  write,
  writeChain,
} from '../../../shared/seal/fixture.ts';
import type { AccessHistory } from '../../../renderer/sync/log/accessHistory.ts';
import { keyDueBy } from '../../../renderer/sync/cases/keys/due.ts';
import { isOverFor } from '../../../renderer/sync/guests/over.ts';
import { dueOn, endOf } from '../../../sync-server/authority/guests/ending.ts';
import { mayRead, mayWrite } from '../../../sync-server/relay/rights.ts';
import type { Around, Place, Verdict } from './computer.ts';
import { HistoryComputer } from './computer.ts';
import type { LeadAct, Step } from './history.ts';
import {
  DUTY_POST,
  FIRST_HOUR,
  GUEST,
  GUESTS_POST,
  GUEST_UNTIL,
  OF_PARTNER,
  PARTNERS_POST,
  PEOPLE,
  SEATS,
  SPONSOR,
} from './history.ts';

const FIRST_DAY = '2026-11-01';
const dayOf = (n: number): string => addSpan(FIRST_DAY, { days: n }) ?? FIRST_DAY;
const TURNS = 12;

/** What came of a write that was offered to the relay. */
export interface Offered {
  readonly person: number;
  readonly verdict: Verdict;
}

export class Organisation {
  readonly computers: HistoryComputer[] = [];
  readonly order: Place[] = [];
  readonly boxes: Box[] = [];
  readonly seats: SeatId[] = SEATS.map(() => newId<SeatId>(platform));
  readonly persons = new Map<number, PersonId>();
  /** Contents that the relay has ordered. */
  readonly texts: string[] = [];
  /** What the relay said to content since it was asked last. */
  offered: Offered[] = [];
  private readonly area: Area;
  private readonly org: Org;
  private readonly partner: Org;
  private readonly kind: AreaKind;
  /** The in-tray of the leads' post. */
  private intake: AreaState;
  private readonly heads = new Map<Hash, DirectoryState>();
  private readonly steps: ChainStep[] = [];
  private readonly facts: Logged[] = [];
  private hour = FIRST_HOUR;
  private written = 0;

  private constructor(kind: AreaKind, org: Org, partner: Org) {
    this.kind = kind;
    this.org = org;
    this.partner = partner;
    this.area = makeArea(org, partner);
    this.intake = emptyArea(newId(platform), { org: org.org, seat: this.seats[0] as SeatId });
  }

  static async begin(kind: AreaKind): Promise<Organisation> {
    const made = new Organisation(kind, await makeOrg('Fellshire Police'), await makeOrg('Crown Prosecution Service'));
    const seat = (n: number): SeatId => made.seats[n] as SeatId;
    const firstPost = [0, 0, 1, 1, 1, PARTNERS_POST, GUESTS_POST];
    await pair(made.org, made.partner);
    for (const person of PEOPLE) {
      const org = person === OF_PARTNER ? made.partner : made.org;
      const at = firstPost[person] ?? 1;
      const writer = await enrol(org, `Person ${person}`, seat(at));
      if (at === 1) await say(made.org, { is: 'leaves', person: writer.person, seat: seat(1) });
      made.persons.set(person, writer.person);
      made.computers.push(new HistoryComputer(writer, made.around()));
    }
    for (const n of [2, DUTY_POST]) await say(made.org, { is: 'post', seat: seat(n), title: 'Another', unit: 'Unit' });
    await say(made.org, { is: 'roles', seat: seat(DUTY_POST), roles: [EMERGENCY_ROLE] });
    await made.sayGuest(dayOf(GUEST_UNTIL));
    made.note();
    await made.create();
    await made.settle();
    return made;
  }

  private sayGuest(until: string): Promise<void> {
    const [person, sponsor] = [GUEST, SPONSOR].map((n) => this.persons.get(n) as PersonId) as [PersonId, PersonId];
    const [sponsorSeat, seat] = [this.seats[0], this.seats[GUESTS_POST]] as [SeatId, SeatId];
    return say(this.org, { is: 'guest', person, seat, from: 'Kestrel Laboratory', sponsor, sponsorSeat, until });
  }

  private get day(): number {
    return Math.floor(this.hour / 24);
  }
  private get now(): Millis {
    return Date.parse(FIRST_DAY) + this.hour * HOUR;
  }
  private orgOf = (id: OrgId): Org => (id === this.partner.org ? this.partner : this.org);

  private around(): Around {
    return {
      area: this.area.area,
      current: (org) => this.orgOf(org).directory,
      at: (head) => this.heads.get(head) ?? null,
      file: (_filer, boxes) => this.boxes.push(...boxes),
      boxesFor: (readers) => this.boxes.filter(({ to }) => readers.has(to)),
      denies: (seat, given) => this.denialOf(seat, given) !== null || this.isOverGuest(seat),
      inEmergency: ({ access }, history) =>
        access === null
          ? []
          : history.emergencies
              .filter(({ over, device }) => over === null && !this.isBarred(device))
              .filter(({ device }) => emergencyAt(access, this.org.directory, device, this.now) !== null)
              .map(({ device }) => device),
      wasLimited: () =>
        this.facts.some(({ fact }) => fact.is === 'barred' || (fact.is === 'access given' && fact.until !== null)),
    };
  }
  private note(): void {
    for (const { directory } of [this.org, this.partner])
      if (directory.head !== null) this.heads.set(directory.head, directory);
  }
  private isOverGuest(seat: SeatId): boolean {
    const directories = { current: () => this.org.directory } as never; // the one thing that it asks
    return isOverFor({ directories, identity: { org: this.org.org } }, this.org.org, seat);
  }
  private isBarred(device: DeviceId): boolean {
    const person = this.org.directory.known.get(device)?.person;
    return person !== undefined && denialOfPerson(foldLimits(this.facts), this.org.directory, person) !== null;
  }
  private denialOf(seat: SeatId, granted: Parameters<typeof denialOfSeat>[4]) {
    return denialOfSeat(foldLimits(this.facts), this.org.directory, seat, dayOf(this.day), granted);
  }
  /** As who takes posts out judges it. */
  private denial(seat: SeatId) {
    const standing = grantingsOf(this.area.area, this.steps).find((one) => one.seat === seat && one.until === null);
    return this.denialOf(seat, standing ?? null);
  }

  private async create(): Promise<void> {
    const [lead] = this.computers as [HistoryComputer];
    const key = newAreaKey(platform);
    await this.makeSeatKey(lead, this.seats[0] as SeatId, 1);
    await lead.takeKeys();
    const op: ChainOp = {
      op: 'create',
      kind: this.kind,
      owner: this.org.org,
      seats: [{ seat: this.seats[0] as SeatId, org: this.org.org, role: 'lead' }],
      key: await this.boxed(1, key, [this.seats[0] as SeatId], null),
      policy: null,
      agreement: null,
      from: null,
    };
    await lead.keyring.addAreaKey(this.area.area, 1, key);
    await this.chain(lead, op);
  }

  /** The next key of an area, and the boxes that are made with it. */
  private async boxed(
    epoch: number,
    key: Uint8Array,
    seats: readonly SeatId[],
    before: Uint8Array | null,
    given: AccessHistory['given'] = new Map(),
  ) {
    const { area } = this.area;
    const subject = await epochSubject(platform, area, epoch);
    const boxes: Box[] = [];
    for (const seat of seats) {
      const held = this.org.directory.seats.get(seat) ?? this.partner.directory.seats.get(seat);
      if (held && !this.isOverGuest(seat) && this.denialOf(seat, given.get(seat) ?? null) === null)
        boxes.push(await sealBox(subject, seat, held.generation, held.publicKey, key));
    }
    this.boxes.push(...boxes);
    return {
      epoch,
      key: await commitToKey(platform, area, epoch, key),
      boxes: await hashBoxes(platform, boxes),
      link: before === null ? null : await sealLink(platform, area, epoch, key, before),
    };
  }

  /** Offers a chain entry to the relay, written upon what this computer has followed. */
  private async chain(computer: HistoryComputer, op: ChainOp): Promise<Verdict> {
    const entry = await writeChain(computer.writer, { ...this.area, state: computer.state }, op, { time: this.now });
    return this.append(computer, entry);
  }

  /** The relay's verdict at the next place, and everybody's who stands there. */
  private async append(computer: HistoryComputer, entry: Place['entry']): Promise<Verdict> {
    const directory = computer.own().head as Hash;
    const { now } = this;
    const witness = this.computers[0] as HistoryComputer;
    const relay = new HistoryComputer(witness.writer, this.around());
    relay.state = this.area.state;
    const verdict = await relay.judge(entry, directory, now);
    if (witness.n === this.order.length) {
      const here = await witness.judge(entry, directory, now);
      if (JSON.stringify(here.ok || here.cause) !== JSON.stringify(verdict.ok || verdict.cause))
        throw new Error('a client came to another verdict than the relay');
    }
    if (!verdict.ok) return verdict.cause;
    this.area.state = verdict.value.state;
    this.order.push({ entry, directory, at: now });
    Object.assign(computer.writer, { counter: verdict.value.header.counter, prev: verdict.value.hash });
    const { body } = verdict.value.header;
    const op = body === null ? null : decodeChainOp(body);
    if (op?.ok) this.steps.push({ at: this.order.length, device: computer.device, op: op.value });
    return 'ok';
  }

  private async makeSeatKey(computer: HistoryComputer, seat: SeatId, generation: number): Promise<void> {
    const keys = await generateBoxKeys();
    computer.makes(seat, generation, keys);
    await say(computer.writer.org, {
      is: 'seat',
      seat,
      generation,
      publicKey: keys.publicKey,
      madeBy: computer.device,
    });
    this.note();
  }

  async take(step: Step): Promise<void> {
    await this.happen(step);
    const due = dueOn(this.org.directory, dayOf(this.day));
    for (const statement of due.statements) await say(this.org, statement);
    this.note();
  }

  private async happen(step: Step): Promise<void> {
    const person = (n: number): PersonId => this.persons.get(n) as PersonId;
    const seat = (n: number): SeatId => this.seats[n] as SeatId;
    const holds = (n: number, s: number): boolean => this.org.directory.holds.get(person(n))?.has(seat(s)) ?? false;
    const isIn = (n: number): boolean => this.org.directory.devices.has((this.computers[n] as HistoryComputer).device);
    switch (step.is) {
      case 'join':
        if (isIn(step.person) && !holds(step.person, step.seat))
          await say(this.org, { is: 'holds', person: person(step.person), seat: seat(step.seat) });
        break;
      case 'leave':
        if (holds(step.person, step.seat))
          await say(this.org, { is: 'leaves', person: person(step.person), seat: seat(step.seat) });
        break;
      case 'move':
        if (!holds(step.person, step.from)) break;
        await say(this.org, { is: 'leaves', person: person(step.person), seat: seat(step.from) });
        await say(this.org, { is: 'holds', person: person(step.person), seat: seat(step.to) });
        break;
      case 'out':
        if (!isIn(step.person)) break;
        await say(this.org, { is: 'revoked', device: (this.computers[step.person] as HistoryComputer).device });
        break;
      case 'lead':
        await this.lead(step.by, step.act);
        break;
      case 'race': {
        const both = [this.computers[0], this.computers[1]] as const;
        if (!both.every((one) => one?.isOnLine)) break;
        const [first, second] = step.first === 0 ? ([0, 1] as const) : ([1, 0] as const);
        await this.lead(first, step.acts[0]);
        await this.lead(second, step.acts[1]); // it has not followed the order since: upon the same head
        break;
      }
      case 'bar':
      case 'lift':
        this.say(0, {
          is: step.is === 'bar' ? 'barred' : 'bar lifted',
          person: person(step.person),
          personName: '',
          why: 'a reason',
          by: this.party(0),
          at: 0,
        });
        break;
      case 'days':
        this.hour += 24 * step.days;
        break;
      case 'hours':
        this.hour += step.hours;
        break;
      case 'guest until':
      case 'guest end': {
        const guest = this.org.directory.guests.get(person(GUEST));
        if (guest === undefined || !isIn(GUEST)) break;
        if (step.is === 'guest until') await this.sayGuest(dayOf(this.day + step.days));
        else for (const statement of endOf(this.org.directory, guest)) await say(this.org, statement);
        break;
      }
      case 'emergency': {
        const until = this.now + step.hours * HOUR;
        const reason = await hashReason(platform, platform.random(REASON_SALT), 'a child is missing');
        const computer = this.computers[step.person] as HistoryComputer;
        if (computer.isOnLine) await this.chain(computer, { op: 'emergency', until, reason });
        break;
      }
      case 'emergency over': {
        const computer = this.computers[step.by] as HistoryComputer;
        const { device } = this.computers[step.of] as HistoryComputer;
        if (computer.isOnLine) await this.chain(computer, { op: 'emergency over', devices: [device] });
        break;
      }
      case 'pin':
      case 'unpin': {
        const { org, card } = this.partner;
        const { name, signKey, boxKey } = card;
        const pinned = { is: 'partner', org, name, signKey, boxKey } as const;
        await say(this.org, step.is === 'pin' ? pinned : { is: 'no partner', org });
        break;
      }
      case 'hand in':
        break; // `handIn`: it gives an answer
      case 'cut':
      case 'mend':
        (this.computers[step.person] as HistoryComputer).isOnLine = step.is === 'mend';
        break;
      case 'write':
        await this.write(step.person);
    }
  }

  /** Into the in-tray of the leads' post: the verdict that relay and its readers share. */
  async handIn(n: number, kind: string): Promise<boolean> {
    const { writer } = this.computers[n] as HistoryComputer;
    const at: Area = { ...this.area, area: this.intake.area, state: this.intake };
    const head = this.intake.heads.get(writer.device);
    const next = { ...writer, counter: head?.counter ?? 0, prev: head?.header ?? null };
    const sealed = { by: 'boxes', boxes: HASH_0, sealed: platform.random(64) } as const;
    const entry = await write(next, at, kind, utf8('handed in'), { seal: sealed, time: this.now });
    const verdict = await admit(platform, this.intake, (org) => this.orgOf(org).directory, entry, this.now);
    if (verdict.ok) this.intake = verdict.value.state;
    return verdict.ok;
  }
  /** Whether the relay takes chunks for that in-tray from somebody. */
  mayPut(n: number): boolean {
    const { device, writer } = this.computers[n] as HistoryComputer;
    return mayWrite(this.entitled(this.intake), writer.org.directory, this.org.directory, device);
  }
  private entitled({ intake, access }: Pick<AreaState, 'intake' | 'access'>) {
    return { intake, access, left: new Set<never>(), at: this.now };
  }

  private party(n: number): Party {
    const named = { orgName: '', post: '', personName: '' };
    return { org: this.org.org, seat: this.seats[0] as SeatId, person: this.persons.get(n) as PersonId, ...named };
  }
  private say(by: number, fact: CaseEvent): void {
    const { device, writer } = this.computers[by] as HistoryComputer;
    const n = this.facts.length + 1;
    const hash = n.toString(16).padStart(64, '0') as Hash;
    const { area } = this.area;
    const of = { org: this.org.org, device, person: writer.person, roles: ['supervisor'], side: null };
    this.facts.push({ fact, area, hash, n, relayTime: n, time: n, ...of });
  }

  private async lead(by: number, act: LeadAct): Promise<void> {
    const computer = this.computers[by] as HistoryComputer;
    if (!computer.isOnLine) return;
    const seat = this.seats[act.seat] as SeatId;
    const role = this.area.state.access && roleIn(this.area.state.access, computer.own(), computer.device);
    const { org } = act.seat === PARTNERS_POST ? this.partner : this.org;
    const op: ChainOp =
      act.do === 'give' ? { op: 'grant', seats: [{ seat, org, role: act.role }] } : { op: 'remove', seats: [seat] };
    await this.chain(computer, op);
    if (act.do !== 'give' || (role !== 'lead' && role !== 'contributor') || by === OF_PARTNER || by === GUEST) return;
    const until = act.until === null ? null : dayOf(act.until);
    const said = { why: 'a reason', by: this.party(by), at: 0, request: null, post: '' };
    this.say(by, { is: 'access given', seat, role: act.role, until, ...said });
  }

  /** Writes content, on line or not: sealed under the newest key that this computer has. */
  async write(n: number): Promise<void> {
    const computer = this.computers[n] as HistoryComputer;
    const { access } = computer.state;
    const epoch = access === null ? 0 : currentEpoch(access);
    const key = computer.keyring.areaKey(this.area.area, epoch);
    if (access === null || !key || computer.outbox.length > 0) return;
    const text = `content ${this.written++}`;
    const at: Area = { ...this.area, state: computer.state, areaKey: key, epoch, streamKey: platform.random(32) };
    computer.outbox.push({ entry: await write(computer.writer, at, 'event', utf8(text)), content: utf8(text) });
  }

  /** Computers that are on line take turns, until nothing is left to do. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) {
      const before = this.mark();
      for (const [n, computer] of this.computers.entries()) if (computer.isOnLine) await this.turn(n, computer);
      if (this.mark() === before) return;
    }
    throw new Error('the computers do not come to rest');
  }
  private mark(): string {
    const opened = this.computers.map((one) => `${one.opened.size} ${one.n} ${one.outbox.length}`);
    return [this.order.length, this.boxes.length, this.org.statements.length, ...opened].join();
  }

  /** Whether the relay gives a computer what lies in the area. */
  serves(n: number): boolean {
    const computer = this.computers[n] as HistoryComputer;
    return mayRead(this.entitled(this.area.state), computer.own(), computer.device);
  }

  private async turn(n: number, computer: HistoryComputer): Promise<void> {
    if (!computer.own().devices.has(computer.device)) return; // the relay hangs up
    if (this.serves(n)) await computer.follow(this.order);
    await computer.takeKeys();
    for (const seat of computer.seats()) await this.keepSeat(computer, seat);
    if (computer.n === this.order.length) {
      await this.endDenied(computer);
      await this.endEmergencies(computer);
      await this.changeKey(computer);
    }
    if (this.serves(n)) await computer.follow(this.order);
    await computer.takeKeys();
    await computer.boxKeeper.look();
    await this.flush(n, computer);
  }

  /** The first key of a post, or the next where somebody has the newest who should not. */
  private async keepSeat(computer: HistoryComputer, seat: SeatId): Promise<void> {
    const directory = computer.own();
    const key = directory.seats.get(seat);
    if (key && !directory.stale.has(seat)) return;
    const others = [...directory.devices.keys()].some(
      (device: DeviceId) => device !== computer.device && seatsOf(directory, device).has(seat),
    );
    if (key && !computer.keyring.seat(seat, key.generation) && others) return;
    await this.makeSeatKey(computer, seat, (key?.generation ?? 0) + 1);
    await computer.takeKeys();
  }

  private async endDenied(computer: HistoryComputer): Promise<void> {
    const { access } = this.area.state;
    if (access === null || computer.writer.org !== this.org) return;
    const denied = [...access.seats.keys()].filter((seat) => this.denial(seat) !== null || this.isOverGuest(seat));
    const stay = new Map([...access.seats].filter(([seat]) => !denied.includes(seat)));
    if (denied.length === 0 || roleIn({ ...access, seats: stay }, this.org.directory, computer.device) !== 'lead')
      return;
    await this.chain(computer, { op: 'remove', seats: denied });
    await computer.follow(this.order);
  }

  private async endEmergencies(computer: HistoryComputer): Promise<void> {
    const { access } = computer.state;
    const { directory } = this.org;
    const role = access && roleIn(access, directory, computer.device);
    if (access === null || (role !== 'lead' && role !== 'contributor') || this.isGuest(computer)) return;
    const over = [...access.emergencies.keys()].filter(
      (device) => emergencyAt(access, directory, device, this.now) === null || this.isBarred(device),
    );
    if (over.length === 0) return;
    await this.chain(computer, { op: 'emergency over', devices: over });
    await computer.follow(this.order);
  }
  private isGuest = ({ writer }: HistoryComputer): boolean => this.org.directory.guests.has(writer.person);

  private async changeKey(computer: HistoryComputer): Promise<void> {
    const { access } = computer.state;
    const directory = computer.own();
    if (access === null || this.isGuest(computer)) return;
    const role = roleIn(access, directory, computer.device);
    const before = computer.keyring.areaKey(this.area.area, currentEpoch(access));
    if ((role !== 'lead' && role !== 'contributor') || before === null) return;
    const opens = [...access.seats.values()].some(({ org, seat }) => {
      if (org !== directory.org) return false;
      const key = directory.seats.get(seat);
      return key !== undefined && computer.keyring.seat(seat, key.generation) !== null;
    });
    const head = computer.history.keyed.get(directory.org);
    if (!opens || keyDueBy(directory, access, computer.history, (head && this.heads.get(head)) ?? null) === null)
      return;
    const next = newAreaKey(platform);
    const isOneOrg = new Set([...access.seats.values()].map(({ org }) => org)).size === 1;
    const key = await this.boxed(
      currentEpoch(access) + 1,
      next,
      [...access.seats.keys()],
      isOneOrg ? before : null, // across organisations nothing from before by a link
      computer.history.given,
    );
    await this.chain(computer, { op: 'key', key });
  }

  /** Offers what it has written; sealed again where the key has changed meanwhile. */
  private async flush(n: number, computer: HistoryComputer): Promise<void> {
    const [first] = computer.outbox;
    if (!first) return;
    const { access } = computer.state;
    const epoch = access === null ? 0 : currentEpoch(access);
    const key = computer.keyring.areaKey(this.area.area, epoch);
    let { entry } = first;
    // What stands before it in this computer's own chain may have come since: signed again is written anew here.
    if (key && computer.n === this.order.length) {
      const at: Area = { ...this.area, state: computer.state, areaKey: key, epoch, streamKey: platform.random(32) };
      entry = await write(computer.writer, at, 'event', first.content);
    }
    const verdict = await this.append(computer, entry);
    this.offered.push({ person: n, verdict });
    if (verdict === 'stale epoch' || verdict === 'gap') return; // its key is on its way
    computer.outbox.shift();
    if (verdict === 'ok') this.texts.push(new TextDecoder().decode(first.content));
  }

  /** Whether somebody who never saw the directory before comes to the same one from its signed statements alone. */
  async readAnew(): Promise<boolean> {
    let state = emptyDirectory(this.org.org);
    for (const statement of this.org.statements) {
      const next = await extendDirectory(platform, this.org.keys.publicKey, state, statement);
      if (!next.ok) return false;
      state = next.value;
    }
    return state.head === this.org.directory.head;
  }
  /** Whether somebody holds a post that is let in, so that its key has been changed since another left it. */
  isHeld(seat: number): boolean {
    const id = this.seats[seat] as SeatId;
    const { directory } = seat === PARTNERS_POST ? this.partner : this.org;
    return [...directory.devices.keys()].some((device) => seatsOf(directory, device).has(id));
  }
}
