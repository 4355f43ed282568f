/**
 * The integrity passport of a version: what the log holds of it that is signed, with the proofs that somebody outside
 * needs and nothing beside. A step whose proof is not here (its key has not come, or an older version wrote it) is left
 * out, and counted.
 */
import { toHex } from '../../../../shared/primitives/bytes.ts';
import type { DeviceId, OrgId, PersonId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { FileRecord, Party } from '../../../../shared/model/events.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import { inOneOrder } from '../../../../shared/model/logged.ts';
import type { CustodyStep, Passport, PassportStep } from '../../../../shared/model/passport/schema.ts';
import { LINE_WORDS } from '../../../../shared/model/passport/schema.ts';
import { decodeCard } from '../../../../shared/seal/directory/card.ts';
import { saidIn } from '../../../../shared/seal/directory/directory.ts';
import { saltedContent, signedEntry } from '../../log/disclosing.ts';
import type { StatementRow } from '../../store/database.ts';
import type { Session } from '../../session.ts';
import { fileOf, packages } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { chunksOf } from './lines.ts';

type Filed = Logged<FactOf<'added' | 'entered'>>;
type Derived = Logged<FactOf<'derived'>>;
type Receipt = Logged<FactOf<'receipt'>>;

export interface Made {
  readonly passport: Passport;
  /** Steps that are known here and cannot be proved to others. */
  readonly unproved: number;
}

export async function makePassport(session: Session, version: VersionId): Promise<Made | null> {
  const file = fileOf(session, version);
  const me = meAs(session);
  if (!file || !me) return null;
  const { facts, platform } = session;
  const filed: readonly Filed[] = [...facts.of('added'), ...facts.of('entered')];
  const lines = inOneOrder(filed.filter(({ fact }) => isOf(fact.file, file)));
  const receipts = onceEach(facts.of('receipt').filter(({ fact }) => fact.version === version));
  const derived = inOneOrder(facts.of('derived').filter((one) => isMade(one, file)));
  const found = await Promise.all([
    ...lines.map((logged) => lineStep(session, logged)),
    ...derived.map((logged) => derivedStep(session, logged)),
    ...receipts.map((same) => receiptStep(session, same)),
    ...custodyOf(session, version),
  ]);
  const steps = found.filter((step) => step !== null).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const signers = [...lines, ...derived, ...receipts.flat()].map(({ device, org, person }) => ({
    device,
    org,
    person,
  }));
  const { name, type, content } = file;
  return {
    passport: {
      format: 'joinder passport',
      version: 1,
      file: {
        name,
        type,
        bytes: content.size,
        sha256: content.sha256,
        version,
        chunks: await chunksOf(platform, file),
      },
      steps,
      computers: await computersOf(session, signers),
      organisations: organisationsOf(session, new Set(signers.map(({ org }) => org))),
      made: { at: iso(platform.now()), by: `${me.personName}, ${me.post}, ${me.orgName}` },
    },
    unproved: found.length - steps.length,
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const byOf = (by: Party) => ({ name: by.personName, post: by.post, organisation: by.org });

/** The same name and content: a fact that says otherwise of this version is about something else. */
const isOf = (one: FileRecord, file: FileRecord): boolean =>
  one.content.version === file.content.version &&
  one.content.sha256 === file.content.sha256 &&
  one.name === file.name &&
  one.type === file.type;

/** The same word went to two intakes: either proves it. */
function onceEach(receipts: readonly Receipt[]): readonly (readonly Receipt[])[] {
  const groups = new Map<string, Receipt[]>();
  for (const one of inOneOrder(receipts)) {
    const key = [one.fact.what, one.device, one.fact.at].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

async function lineStep(session: Session, { fact, hash, device }: Filed): Promise<PassportStep | null> {
  const entry = fact.custody ? await signedEntry(session, hash) : null;
  if (!entry || !fact.custody) return null;
  return {
    what: LINE_WORDS[fact.is],
    at: iso(fact.at),
    by: byOf(fact.by),
    computer: device,
    proof: { header: toHex(entry.header), signature: toHex(entry.signature), salt: toHex(fact.custody) },
  };
}

async function receiptStep(session: Session, same: readonly Receipt[]): Promise<PassportStep | null> {
  for (const { fact, hash, device } of same) {
    const entry = await signedEntry(session, hash);
    const content = entry && (await saltedContent(session, hash, entry));
    if (!content) continue;
    const { header, signature } = entry;
    return {
      what: fact.what,
      at: iso(fact.at),
      by: byOf(fact.by),
      computer: device,
      proof: { header: toHex(header), signature: toHex(signature), content: toHex(content) },
    };
  }
  return null;
}

/** Said by who added or released it, of this very content. */
const isMade = ({ fact, org }: Derived, { content }: FileRecord): boolean =>
  fact.made.version === content.version && fact.made.sha256 === content.sha256 && fact.by.org === org;

async function derivedStep(session: Session, { fact, hash, device }: Derived): Promise<PassportStep | null> {
  const entry = await signedEntry(session, hash);
  const content = entry && (await saltedContent(session, hash, entry));
  if (!content) return null;
  return {
    what: 'derived',
    how: fact.how,
    from: { version: fact.from.version, sha256: fact.from.sha256 },
    at: iso(fact.at),
    by: byOf(fact.by),
    computer: device,
    proof: { header: toHex(entry.header), signature: toHex(entry.signature), content: toHex(content) },
  };
}

/** What the relay signed when it held all of the packages that carried this version. */
function custodyOf(session: Session, version: VersionId): Promise<PassportStep | null>[] {
  return session.facts
    .of('in custody')
    .filter(({ fact }) => fact.versions.includes(version))
    .map(async ({ fact: { package: id, versions, time, relayKey, area, signature } }): Promise<CustodyStep | null> => {
      const files = packages(session).find((one) => one.package === id)?.content.files ?? [];
      const listed = versions.map((one) => files.find(({ content }) => content.version === one));
      if (listed.includes(undefined)) return null;
      const lists = await Promise.all(listed.flatMap((file) => (file ? [chunksOf(session.platform, file)] : [])));
      const proof = { relayKey: toHex(relayKey), area, lists, signature: toHex(signature) };
      return { what: 'held by the relay', at: iso(time), proof };
    });
}

type Signer = { readonly device: DeviceId; readonly org: OrgId; readonly person: PersonId };

/** The newest word for each computer that signed, and for its holder. */
async function computersOf({ db }: Session, signers: readonly Signer[]): Promise<Passport['computers']> {
  const byDevice = new Map(signers.map((signer) => [signer.device, signer]));
  const rows = new Map<OrgId, readonly StatementRow[]>();
  for (const { org } of byDevice.values())
    if (!rows.has(org))
      rows.set(org, await db.statements.where('[org+n]').between([org, 0], [org, Infinity]).toArray());
  return [...byDevice.values()].map(({ device, org, person }) => {
    const said = (rows.get(org) ?? []).map((row) => ({ row, word: saidIn(row.body) }));
    const words = [
      said.findLast(({ word }) => word?.is === 'device' && word.device === device),
      said.findLast(({ word }) => word?.is === 'person' && word.person === person),
    ];
    const says = words.flatMap((one) =>
      one ? [{ body: toHex(one.row.body), signature: toHex(one.row.signature) }] : [],
    );
    return { device, organisation: org, says };
  });
}

function organisationsOf(
  { identity, directories, orgName }: Session,
  orgs: ReadonlySet<OrgId>,
): Passport['organisations'] {
  const own = decodeCard(identity.card);
  const partners = directories.current(identity.org)?.partners;
  return [...orgs].flatMap((organisation) => {
    const key =
      organisation === identity.org ? (own.ok ? own.value.signKey : undefined) : partners?.get(organisation)?.signKey;
    return key ? [{ organisation, name: directories.nameOf(organisation, orgName), key: toHex(key) }] : [];
  });
}
