/**
 * Whether something was sent before: by item, by content or by name, with the package, the day and who has opened it. The
 * answer to "please send", and the warning before the same content is sent twice.
 */
import type { Hash, ItemId, OrgId, VersionId } from '../../primitives/ids.ts';
import type { ByteCount, Millis } from '../../primitives/units.ts';
import type { FileRecord } from '../events.ts';
import type { SentBefore } from '../facts/actions.ts';
import type { PackageState } from '../foldPackage.ts';

/** What is looked for: any of these. A name is found where all its words stand in the file's name. */
export interface Wanted {
  readonly items?: readonly ItemId[];
  readonly sha256?: readonly Hash[];
  readonly name?: string;
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function namesIt(name: string, wanted: string | undefined): boolean {
  const words = plain(wanted ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const there = plain(name).split(' ');
  return words.length > 0 && words.every((word) => there.some((one) => one.startsWith(word)));
}

/** The first person who opened a file, as people read it: their name and organisation. */
function openedBy({ receipts }: PackageState['files'][number]): string | null {
  const opened = receipts.find(({ what }) => what === 'opened' || what === 'exported');
  return opened ? `${opened.by.personName}, ${opened.by.orgName}` : null;
}

/** Every time that it was sent and not taken back, the newest first. `to`: to this organisation alone. */
export function alreadySent(packages: readonly PackageState[], wanted: Wanted, to?: OrgId): readonly SentBefore[] {
  return packages
    .filter(({ withdrawn, content }) => !withdrawn && (to === undefined || content.to.org === to))
    .flatMap((state) =>
      state.files
        .filter(({ file, dropped, inError }) => dropped === null && inError === null && isWanted(file, wanted))
        .map((one) => ({
          item: one.file.item,
          version: one.file.content.version,
          sha256: one.file.content.sha256,
          name: one.file.name,
          package: state.package,
          at: state.content.at,
          openedBy: openedBy(one),
        })),
    )
    .sort((a, b) => b.at - a.at);
}

export interface Sent {
  readonly name: string;
  readonly version: VersionId;
  readonly sha256: Hash;
  readonly org: string;
  readonly at: Millis;
  readonly openedBy: string | null;
}

/** Every sending of ours that stands, the oldest first. */
export const allSent = (packages: readonly PackageState[]): readonly Sent[] =>
  packages
    .filter(({ side, withdrawn }) => side === 'sender' && !withdrawn)
    .flatMap(({ files, content }) =>
      files
        .filter(({ dropped, inError }) => dropped === null && inError === null)
        .map((one) => ({
          name: one.file.name,
          version: one.file.content.version,
          sha256: one.file.content.sha256,
          org: content.to.orgName,
          at: content.at,
          openedBy: openedBy(one),
        })),
    )
    .sort((a, b) => a.at - b.at);

const isWanted = (file: PackageState['files'][number]['file'], { items, sha256, name }: Wanted): boolean =>
  (items?.includes(file.item) ?? false) || (sha256?.includes(file.content.sha256) ?? false) || namesIt(file.name, name);

/** Of files about to be sent to an organisation, those whose very content went there before: each with when and who opened it. */
export function sentTwice(
  packages: readonly PackageState[],
  files: readonly { readonly sha256: Hash; readonly name: string }[],
  to: OrgId,
): readonly { readonly name: string; readonly before: SentBefore }[] {
  return files.flatMap(({ sha256, name }) => {
    const [before] = alreadySent(packages, { sha256: [sha256] }, to);
    return before ? [{ name, before }] : [];
  });
}

/** Bytes of these that would go to an organisation: each sealed content once, and not what was sent there in a package that stands. */
export function bytesToSend(packages: readonly PackageState[], files: readonly FileRecord[], to: OrgId): ByteCount {
  const sent = packages.filter(
    ({ side, withdrawn, content }) => side === 'sender' && !withdrawn && content.to.org === to,
  );
  const there = new Set(
    sent.flatMap((pkg) =>
      pkg.files.flatMap(({ file, dropped, inError }) => (dropped === null && inError === null ? [sealedAs(file)] : [])),
    ),
  );
  const fresh = new Map<VersionId, ByteCount>();
  for (const file of files) if (!there.has(sealedAs(file))) fresh.set(sealedAs(file), file.content.size);
  return [...fresh.values()].reduce((sum, size) => sum + size, 0);
}

const sealedAs = ({ content }: FileRecord): VersionId => content.sealed ?? content.version;
