/**
 * Checking a passport by itself: every signature, whose key it is, and that every word beside it is the one that was
 * signed. Who calls holds the file's own bytes against `file`. What it cannot know is said in docs/passport.md: whether a
 * step was left out, and whether an authority's or a relay's key is the one that it should be.
 */
import { fromHex, toHex } from '../../primitives/bytes.ts';
import type { DeviceId, OrgId, PersonId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { importVerifyKey } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { fail, ok } from '../../primitives/result.ts';
import { orgIdOf } from '../../seal/directory/card.ts';
import type { CustodyLine } from '../../seal/custody.ts';
import { CUSTODY, commitCustody, verifyCustody } from '../../seal/custody.ts';
import { readSigned } from '../../seal/directory/directory.ts';
import { SALT, commitTo, verifyHeader } from '../../seal/entry/entry.ts';
import type { Header } from '../../seal/entry/header.ts';
import { decodeHeader } from '../../seal/entry/header.ts';
import { decodeFact, event, receipt } from '../events.ts';
import type { CustodyStep, DerivedStep, EntryStep, Passport, PassportStep } from './schema.ts';
import { LINE_WORDS } from './schema.ts';

/** One thing that was checked: null where it holds, else what is wrong with it. */
export interface Checked {
  readonly step: PassportStep;
  readonly wrong: string | null;
}
export interface Verdict {
  readonly steps: readonly Checked[];
  /** What is wrong with the passport as a whole. */
  readonly wrong: readonly string[];
  readonly holds: boolean;
}

interface Computer {
  readonly device: DeviceId;
  readonly org: OrgId;
  readonly key: Key;
  readonly person: PersonId;
  readonly personName: string;
}

export async function verifyPassport(platform: Platform, passport: Passport): Promise<Verdict> {
  const computers = new Map<DeviceId, Result<Computer, string>>();
  for (const one of passport.computers) computers.set(one.device, await computerOf(platform, passport, one));
  const steps: Checked[] = [];
  for (const step of passport.steps) {
    const wrong = await guarded(() =>
      step.what === 'held by the relay'
        ? checkCustody(platform, passport, step)
        : checkEntry(platform, passport, step, computers.get(step.computer) ?? fail('its computer is not vouched for')),
    );
    steps.push({ step, wrong });
  }
  const named = steps.some(({ step, wrong }) => wrong === null && 'by' in step && 'salt' in step.proof);
  const wrong = named ? [] : ['No step that holds says the name and size of the file.'];
  return { steps, wrong, holds: wrong.length === 0 && steps.every((one) => one.wrong === null) };
}

/** WebCrypto tells bytes that are no key or signature only by throwing. */
async function guarded(check: () => Promise<string | null>): Promise<string | null> {
  try {
    return await check();
  } catch {
    return 'its proof cannot be read';
  }
}

/** Whose key a computer's is, by the words that its authority signed. */
async function computerOf(
  platform: Platform,
  { organisations }: Passport,
  { device, organisation, says }: Passport['computers'][number],
): Promise<Result<Computer, string>> {
  const org = organisations.find((one) => one.organisation === organisation);
  if (!org) return fail('its organisation is not named');
  try {
    const raw = fromHex(org.key);
    if ((await orgIdOf(platform, raw)) !== organisation)
      return fail('the key of its organisation is another organisation’s');
    const authority = await importVerifyKey(platform, raw);
    const words = [];
    for (const { body, signature } of says) {
      const signed = await readSigned(platform, authority, { body: fromHex(body), signature: fromHex(signature) });
      if (!signed.ok || signed.value.org !== organisation) return fail('its authority did not sign what is said of it');
      words.push(signed.value.statement);
    }
    const stated = words.find((word) => word.is === 'device' && word.device === device);
    if (stated?.is !== 'device') return fail('its authority does not name it');
    const holder = words.find((word) => word.is === 'person' && word.person === stated.person);
    if (holder?.is !== 'person') return fail('its authority does not name who holds it');
    const key = await importVerifyKey(platform, stated.signKey);
    return ok({ device, org: organisation, key, person: stated.person, personName: holder.name });
  } catch {
    return fail('a key of its organisation cannot be read');
  }
}

async function checkEntry(
  platform: Platform,
  passport: Passport,
  step: EntryStep | DerivedStep,
  computer: Result<Computer, string>,
): Promise<string | null> {
  if (!computer.ok) return computer.cause;
  const encoded = fromHex(step.proof.header);
  const header = decodeHeader(encoded);
  if (!header.ok) return 'its header cannot be read';
  const signed = { header: encoded, signature: fromHex(step.proof.signature), seal: { by: 'erased' as const } };
  if (header.value.device !== computer.value.device || header.value.org !== computer.value.org)
    return 'another computer signed it';
  if (!(await verifyHeader(platform, computer.value.key, signed))) return 'its signature is wrong';
  if (step.by.organisation !== computer.value.org) return 'another organisation’s computer signed it';
  if (step.what === 'derived') return checkDerived(platform, passport, step, header.value, computer.value);
  return 'salt' in step.proof
    ? checkLine(platform, passport, step, step.proof.salt, header.value, computer.value)
    : checkReceipt(platform, passport, step, fromHex(step.proof.content), header.value, computer.value);
}

/** A line is made again from what the passport says: any other word, and the header does not commit to it. */
async function checkLine(
  platform: Platform,
  { file }: Passport,
  { what, at, by }: EntryStep,
  salt: string,
  header: Header,
  { org, person }: Computer,
): Promise<string | null> {
  const is = (Object.keys(LINE_WORDS) as CustodyLine['is'][]).find((one) => LINE_WORDS[one] === what);
  if (is === undefined) return 'its proof is of another kind';
  const line: CustodyLine = {
    ...file,
    is,
    person,
    personName: by.name,
    post: by.post,
    org,
    at: millisOf(at),
  };
  const committed = header.more[CUSTODY];
  const same =
    committed instanceof Uint8Array && toHex(committed) === toHex(await commitCustody(platform, fromHex(salt), line));
  return same ? null : 'what was signed says something else of the file, of who, or of when';
}

async function checkReceipt(
  platform: Platform,
  { file }: Passport,
  { what, at, by }: EntryStep,
  salted: Uint8Array,
  header: Header,
  { org, person }: Computer,
): Promise<string | null> {
  if ((await commitTo(platform, salted)) !== header.commit) return 'its content is not what was signed';
  const said = header.kind === 'receipt' ? decodeFact(receipt, salted.subarray(SALT)) : null;
  if (!said || said.what !== what) return 'what was signed is something else';
  if (said.version !== file.version || said.sha256 !== file.sha256) return 'what was signed is about another file';
  if (said.at !== millisOf(at)) return 'what was signed says another time';
  const sameName = said.by.personName === by.name && said.by.post === by.post;
  return sameName && said.by.person === person && said.by.org === org ? null : 'what was signed names somebody else';
}

async function checkDerived(
  platform: Platform,
  { file }: Passport,
  { at, by, how, from, proof }: DerivedStep,
  header: Header,
  { org, person }: Computer,
): Promise<string | null> {
  const salted = fromHex(proof.content);
  if ((await commitTo(platform, salted)) !== header.commit) return 'its content is not what was signed';
  const said = header.kind === 'event' ? decodeFact(event, salted.subarray(SALT)) : null;
  if (said?.is !== 'derived') return 'what was signed is something else';
  if (said.made.version !== file.version || said.made.sha256 !== file.sha256)
    return 'what was signed is about another file';
  if (said.how !== how || said.from.version !== from.version || said.from.sha256 !== from.sha256)
    return 'what was signed says that it was made from something else';
  if (said.at !== millisOf(at)) return 'what was signed says another time';
  const sameName = said.by.personName === by.name && said.by.post === by.post;
  return sameName && said.by.person === person && said.by.org === org ? null : 'what was signed names somebody else';
}

async function checkCustody(
  platform: Platform,
  { file }: Passport,
  { at, proof }: CustodyStep,
): Promise<string | null> {
  if (!proof.lists.includes(file.chunks)) return 'the relay’s word is about other files';
  const custody = { area: proof.area, time: millisOf(at), lists: proof.lists };
  const key = await importVerifyKey(platform, fromHex(proof.relayKey));
  return (await verifyCustody(platform, key, custody, fromHex(proof.signature))) ? null : 'its signature is wrong';
}

// eslint-disable-next-line no-restricted-globals -- reads a time that is written in UTC, and no clock
const millisOf = (at: string): Millis => Date.parse(at);
