/**
 * The history of transfers: every file of every package that this side sent or received, as the signed facts have it. Pure;
 * nothing of it is kept apart, so that it is the same on every computer of a post, and after a restore.
 */
import type { CaseId, PackageId, VersionId } from '../../primitives/ids.ts';
import { byName } from '../../primitives/byName.ts';
import type { ByteCount, Millis } from '../../primitives/units.ts';
import type { PackageFile, PackageState } from '../foldPackage.ts';
import { csv } from '../work/measures/csv.ts';

export const ENDS = ['on its way', 'delivered', 'withdrawn', 'left out', 'sent in error'] as const;
/** How a transfer ended; `withdrawn` only where it was never delivered. */
export type End = (typeof ENDS)[number];

export interface PastTransfer {
  readonly package: PackageId;
  readonly version: VersionId;
  readonly case: CaseId;
  readonly caseTitle: string;
  readonly urn: string | null;
  readonly name: string;
  readonly bytes: ByteCount;
  readonly direction: 'sent' | 'received';
  /** The organisation at the other end. */
  readonly org: string;
  readonly by: string;
  readonly released: Millis;
  readonly delivered: Millis | null;
  readonly opened: Millis | null;
  readonly end: End;
  /** It went on a stick, and not over the link. */
  readonly byStick: boolean;
}

/** A row for each file, the newest release first, in it by name. */
export function pastTransfers(packages: readonly PackageState[]): readonly PastTransfer[] {
  return packages
    .flatMap((pkg) => pkg.files.map((file) => pastOf(pkg, file)))
    .sort((a, b) => b.released - a.released || byName(a, b));
}

function pastOf(pkg: PackageState, file: PackageFile): PastTransfer {
  const { content } = pkg;
  const first = (what: 'delivered' | 'opened'): Millis | null =>
    file.receipts.find((receipt) => receipt.what === what)?.at ?? null;
  const sent = pkg.side === 'sender';
  return {
    package: pkg.package,
    version: file.file.content.version,
    case: content.case,
    caseTitle: content.title,
    urn: content.urn,
    name: file.file.name,
    bytes: file.file.content.size,
    direction: sent ? 'sent' : 'received',
    org: sent ? content.to.orgName : content.from.orgName,
    by: content.from.personName,
    released: content.at,
    delivered: first('delivered'),
    opened: first('opened'),
    end: endOf(pkg, file),
    byStick: pkg.stick?.alone === true,
  };
}

function endOf(pkg: PackageState, { inError, dropped, receipts }: PackageFile): End {
  if (inError) return 'sent in error';
  if (receipts.some(({ what }) => what === 'delivered')) return 'delivered';
  if (dropped) return 'left out';
  return pkg.withdrawn ? 'withdrawn' : 'on its way';
}

/** What is looked for in the history; a null looks for anything. */
export interface PastFilter {
  /** Each word must occur in file, case, URN, organisation or name of the sender; letters in any case. */
  readonly words: string;
  readonly direction: PastTransfer['direction'] | null;
  readonly end: End | null;
}

export function filterPast(
  rows: readonly PastTransfer[],
  { words, direction, end }: PastFilter,
): readonly PastTransfer[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => {
    if (direction !== null && row.direction !== direction) return false;
    if (end !== null && row.end !== end) return false;
    if (wanted.length === 0) return true;
    const text = [row.name, row.caseTitle, row.urn ?? '', row.org, row.by].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The rows as CSV (RFC 4180), times as `text` has them; with a byte order mark, by which spreadsheets know that it is UTF-8. */
export function pastCsv(rows: readonly PastTransfer[], text: (at: Millis) => string): string {
  const time = (at: Millis | null): string => (at === null ? '' : text(at));
  const head = [
    'File',
    'Bytes',
    'Case',
    'URN',
    'Way',
    'Organisation',
    'Released by',
    'Released',
    'Delivered',
    'Opened',
  ];
  const lines = rows.map((row) => [
    row.name,
    row.bytes,
    row.caseTitle,
    row.urn ?? '',
    row.direction,
    row.org,
    row.by,
    time(row.released),
    time(row.delivered),
    time(row.opened),
    row.end,
    row.byStick ? 'stick' : 'link',
  ]);
  return `\uFEFF${csv([[...head, 'State', 'By'], ...lines])}`;
}
