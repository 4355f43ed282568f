/**
 * The directories of the organisations this relay serves, folded from their authorities' signed statements, and the
 * intakes that their posts have. Promises that nothing unsigned is stored or acted on, and that an organisation added by
 * command while the relay runs is found when somebody first names it. Never makes a statement.
 */
import type { AreaId, OrgId, SeatId } from '../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Card } from '../../shared/seal/directory/card.ts';
import { decodeCard } from '../../shared/seal/directory/card.ts';
import type { DirectoryCause, DirectoryState, SignedStatement } from '../../shared/seal/directory/directory.ts';
import { emptyDirectory, extendDirectoryBy } from '../../shared/seal/directory/directory.ts';
import { intakeOf } from '../../shared/seal/area/places.ts';
import type { OrgRow, OrgStore } from './store/orgs.ts';

export interface Organisation {
  readonly org: OrgId;
  readonly card: Card;
  readonly cardText: string;
  readonly verifyKey: Key;
  directory: DirectoryState;
}

export interface Intake {
  readonly org: OrgId;
  readonly seat: SeatId;
}

/** What a publication changed. */
export interface Published {
  readonly org: OrgId;
  readonly before: DirectoryState;
  readonly after: DirectoryState;
  readonly statements: readonly SignedStatement[];
}

const BATCH = 1024;

/** A relay passes rule data on from its store, and never looks at it. */
const lean = (state: DirectoryState): DirectoryState => ({ ...state, rules: [] });

export async function openDirectories(
  platform: Platform,
  store: OrgStore,
  durably: (write: () => void) => Promise<Result<null, 'storage full'>>,
) {
  const known = new Map<OrgId, Organisation>();
  const loading = new Map<OrgId, Promise<Organisation>>();
  const publishing = new Map<OrgId, Promise<unknown>>();
  const intakes = new Map<AreaId, Intake>();
  const bySeat = new Map<SeatId, Map<OrgId, AreaId>>();

  async function learnIntakes(directory: DirectoryState): Promise<void> {
    for (const seat of directory.posts.keys()) {
      if (bySeat.get(seat)?.has(directory.org)) continue;
      const area = await intakeOf(platform, directory.org, seat);
      intakes.set(area, { org: directory.org, seat });
      bySeat.set(seat, (bySeat.get(seat) ?? new Map<OrgId, AreaId>()).set(directory.org, area));
    }
  }

  async function load(row: OrgRow): Promise<Organisation> {
    const card = decodeCard(row.card);
    if (!card.ok)
      throw new Error(
        `the card of organisation ${row.org.slice(0, 8)} is unreadable; restore the data folder from a copy`,
      );
    const organisation = {
      org: row.org,
      card: card.value,
      cardText: row.card,
      verifyKey: await importVerifyKey(platform, card.value.signKey),
      directory: emptyDirectory(row.org),
    };
    for (
      let batch = store.statements(row.org, 0, BATCH);
      batch.length > 0;
      batch = store.statements(row.org, organisation.directory.n, BATCH)
    ) {
      const next = await extendDirectoryBy(platform, organisation.verifyKey, organisation.directory, batch);
      if (!next.ok)
        throw new Error(
          `a statement of organisation ${row.org.slice(0, 8)} after ${organisation.directory.n} does not hold (${next.cause}); restore the data folder from a copy`,
        );
      organisation.directory = lean(next.value);
    }
    await learnIntakes(organisation.directory);
    known.set(row.org, organisation);
    return organisation;
  }

  /** Loads once, however many ask at the same time. */
  async function ensure(row: OrgRow | null): Promise<Organisation | null> {
    if (row === null) return null;
    const there = known.get(row.org);
    if (there) return there;
    const under = loading.get(row.org) ?? load(row).finally(() => loading.delete(row.org));
    loading.set(row.org, under);
    return under;
  }

  async function extend(
    organisation: Organisation,
    statements: readonly SignedStatement[],
  ): Promise<Result<Published, DirectoryCause | 'storage full'>> {
    const before = organisation.directory;
    const next = await extendDirectoryBy(platform, organisation.verifyKey, before, statements);
    if (!next.ok) return next;
    const after = lean(next.value);
    await learnIntakes(after);
    const stored = await durably(() =>
      statements.forEach((signed, i) => store.addStatement(organisation.org, before.n + 1 + i, signed)),
    );
    if (!stored.ok) return stored;
    organisation.directory = after;
    return ok({ org: organisation.org, before, after, statements });
  }

  for (const row of store.all()) await ensure(row);

  return {
    /** An organisation of which something was loaded; `find` also looks for one added since. */
    known: (org: OrgId): Organisation | null => known.get(org) ?? null,
    find: async (org: OrgId): Promise<Organisation | null> => known.get(org) ?? ensure(store.find(org)),
    findDigits: async (digits: string): Promise<Organisation | null> => ensure(store.findDigits(digits)),
    state: (org: OrgId): DirectoryState | null => known.get(org)?.directory ?? null,
    all: (): Iterable<Organisation> => known.values(),
    statements: (org: OrgId, after: number, limit: number): SignedStatement[] => store.statements(org, after, limit),
    intake: (area: AreaId): Intake | null => intakes.get(area) ?? null,
    intakeOf: (org: OrgId, seat: SeatId): AreaId | null => bySeat.get(seat)?.get(org) ?? null,
    intakesOf: (org: OrgId): AreaId[] => [...intakes].flatMap(([area, intake]) => (intake.org === org ? [area] : [])),
    /** Verifies and stores statements that follow what is held; one publication of an organisation at a time. */
    async publish(
      org: OrgId,
      statements: readonly SignedStatement[],
    ): Promise<Result<Published, DirectoryCause | 'storage full' | 'unknown organisation'>> {
      const organisation = known.get(org);
      if (!organisation) return fail('unknown organisation');
      const mine = (publishing.get(org) ?? Promise.resolve()).then(() => extend(organisation, statements));
      publishing.set(
        org,
        mine.catch(() => null),
      );
      return mine;
    },
  };
}
export type Directories = Awaited<ReturnType<typeof openDirectories>>;
