/**
 * What a partner sent here in error is destroyed on this computer: chunks, and every entry that holds the key. Then this
 * computer signs that it did. Found again from the facts on every cue, never queued: a crash or weeks away change nothing.
 * Destroys only what the organisation that says so had itself sent, and nothing that another file here needs.
 */
import type { Content } from '../../../../shared/ipc/evidence.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { CaseEvent, PackageContent, Party } from '../../../../shared/model/events.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import { isPermitted } from '../../../../shared/model/work/permissions/sharing.ts';
import type { Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';
import { contentsIn } from '../import/leftovers.ts';
import { meAs } from '../me.ts';
import type { Moving } from '../moving/moving.ts';
import { act, intakePiece } from '../pieces.ts';

type InError = Logged<FactOf<'sent in error'>>;
type Holding = Logged<FactOf<'package' | 'entered'>>;

const running = new WeakMap<Session, Promise<void>>();

/** Destroys and signs what is due. One pass at a time. */
export function destroyInError(session: Session, moving: Moving): Promise<void> {
  const pass = running.get(session) ?? destroyAll(session, moving).finally(() => running.delete(session));
  running.set(session, pass);
  return pass;
}

async function destroyAll(session: Session, moving: Moving): Promise<void> {
  const { facts, identity } = session;
  const once = new Map<string, InError>();
  for (const said of facts.of('sent in error'))
    if (said.org !== identity.org && isPermitted(said) && !isSigned(session, said))
      once.set(`${said.fact.package} ${said.fact.by.person} ${said.fact.at}`, said);
  for (const said of once.values()) {
    // Looked up first: the letter that names its post may be destroyed before the one in its place has come.
    const { org, fact } = said;
    const letter = facts.of('package').find((one) => one.org === org && one.fact.package === fact.package)?.fact;
    const done = await destroy(session, moving, said);
    if (done) await sign(session, said, letter, done);
  }
}

function isSigned({ facts, identity }: Session, { fact: { package: id, versions } }: InError): boolean {
  const mine = facts
    .of('copy destroyed')
    .filter(({ device, fact }) => device === identity.device && fact.package === id);
  return mine.length > 0 && versions.every((version) => mine.some(({ fact }) => fact.versions.includes(version)));
}

interface Done {
  readonly chunks: number;
  readonly bytes: number;
}

/** Null: the disk would not let something go; tried again on the next cue. */
async function destroy(session: Session, moving: Moving, { org, fact }: InError): Promise<Done | null> {
  const { facts, evidence, log } = session;
  const versions = new Set<VersionId>(fact.versions);
  const mine = facts
    .all()
    .filter(
      (one): one is Holding =>
        (isFact(one, 'package') || isFact(one, 'entered')) && one.org === org && one.fact.package === fact.package,
    );
  const files = mine.flatMap(({ fact: one }) => (one.is === 'package' ? one.files : [one.file]));
  const doomed = files.map(({ content }) => content).filter(({ version }) => versions.has(version));
  const held = await evidence.here(onceEach(doomed));
  const { left } = await evidence.destroy(doomed, needed(session, versions));
  if (left > 0) return null;
  const entries = mine.filter((one) => holdsKey(one, versions, fact.whole)).map(({ hash }): Hash => hash);
  if (entries.length > 0) {
    await log.forgetting.forget([], entries);
    for (const hash of entries) facts.forget(hash);
  }
  await moving.forget(versions);
  session.changed();
  return {
    chunks: held.some((one) => one.held > 0) ? onceEach(doomed).reduce((sum, { chunks }) => sum + chunks.length, 0) : 0,
    bytes: held.reduce((sum, one) => sum + one.held, 0),
  };
}

const onceEach = (contents: readonly Content[]): Content[] => [
  ...new Map(contents.map((content) => [content.version, content])).values(),
];

/** What any fact names under another version: of that no chunk goes. */
const needed = ({ facts }: Session, versions: ReadonlySet<VersionId>): Content[] =>
  facts
    .all()
    .flatMap(({ fact }) => contentsIn(fact))
    .filter(({ version }) => !versions.has(version));

const isKey = (key: Uint8Array): boolean => key.some((byte) => byte !== 0);

/** Whether an entry holds the key of one of these; of a whole package, also its text. */
function holdsKey({ fact }: Holding, versions: ReadonlySet<VersionId>, whole: boolean): boolean {
  const files = fact.is === 'package' ? fact.files : [fact.file];
  if (files.some(({ content }) => versions.has(content.version) && isKey(content.key))) return true;
  return whole && fact.is === 'package' && (fact.summary !== '' || fact.record.length > 0 || fact.note !== '');
}

/** To the post that sent it, to the one that said so where that is another, and to our own colleagues of the post that it came to. */
async function sign(
  session: Session,
  { fact }: InError,
  letter: PackageContent | undefined,
  { chunks, bytes }: Done,
): Promise<void> {
  const { directories, identity, platform } = session;
  const by = meAs(session, letter?.to.seat);
  const device = directories.current(identity.org)?.devices.get(identity.device);
  if (!by || !device) return;
  const said: CaseEvent = {
    is: 'copy destroyed',
    package: fact.package,
    versions: [...fact.versions],
    deviceName: device.name,
    chunks,
    bytes,
    by,
    at: platform.now(),
  };
  const own: Pick<Party, 'org' | 'seat'> = letter ? { org: identity.org, seat: letter.to.seat } : by;
  const plain = encodeFact(said);
  const sender = letter?.from ?? fact.by;
  const posts = sender.seat === fact.by.seat ? [sender, own] : [sender, fact.by, own];
  await act(session, await Promise.all(posts.map((post) => intakePiece(session, post, 'event', plain))));
}
