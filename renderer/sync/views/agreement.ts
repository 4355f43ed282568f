/**
 * The sharing agreement of a case as a view: what the next version can begin from, and what each version changes of the one
 * that it takes the place of, the permissions that come with it included.
 */
import type { AgreementStart, AgreementView, TableChoice, VersionNotes } from '../../../shared/ipc/agreement.ts';
import { STAGE_WORDS } from '../../../shared/model/formats/stages.ts';
import type { Side } from '../../../shared/model/roles.ts';
import { isSide } from '../../../shared/model/roles.ts';
import { compareAgreements } from '../../../shared/model/work/agreement/compare.ts';
import { draftBetween, nextVersion, templateIn } from '../../../shared/model/work/agreement/draft.ts';
import { agreementInForce } from '../../../shared/model/work/agreement/inForce.ts';
import { comparePermissions } from '../../../shared/model/work/permissions/compare.ts';
import type { PermissionTable } from '../../../shared/model/work/permissions/table.ts';
import { DEFAULT_PERMISSIONS, permissionTable } from '../../../shared/model/work/permissions/table.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { toHex, utf8 } from '../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { canonicalJson } from '../../../shared/primitives/json.ts';
import { sha256 } from '../../../shared/primitives/platform.ts';
import type { CaseFile } from '../cases/caseIndex.ts';
import { allCases, areaOf, caseFileOf } from '../cases/caseIndex.ts';
import { workOf } from '../cases/work/folded.ts';
import { processOf } from '../cases/work/where.ts';
import type { Session } from '../session.ts';
import { today } from '../timeZone.ts';

type Version = WorkState['agreements'][number];

const hashOfTable = async ({ platform }: Session, table: PermissionTable): Promise<Hash> =>
  toHex(await sha256(platform, utf8(canonicalJson(table)))) as Hash;

export async function agreementView(session: Session, of: CaseId): Promise<AgreementView> {
  const other = otherOf(session, caseFileOf(session, of));
  const { agreements } = workOf(session, of);
  const tables = tablesIn(session, of);
  const notes = await Promise.all(
    agreements.map(async (one) => [one.id, await notesOn(session, one, agreements, tables)] as const),
  );
  const { set } = session.rules.own();
  return {
    other: other?.name ?? null,
    steps: processOf(set).steps.map(({ id, title, stages, side, roles }) => ({
      id,
      title,
      stages: stages.map((stage) => STAGE_WORDS[stage].name),
      side,
      roles,
    })),
    starts: other ? startsOf(session, of, other) : [],
    tables: await tableChoices(session, agreementInForce({ agreements }), tables),
    versions: Object.fromEntries(notes),
  };
}

interface Other {
  readonly org: OrgId;
  readonly name: string;
}

/** The organisation on the other side of the Case file; null: there is no Case file, or it was closed. */
function otherOf({ identity, directories, orgName }: Session, file: CaseFile | null): Other | null {
  if (!file || file.standing.is === 'closed') return null;
  if (file.begun.org !== identity.org)
    return { org: file.begun.org, name: directories.nameOf(file.begun.org, orgName) };
  return file.made && { org: file.made.with.org, name: file.made.with.orgName };
}

const OTHER_SIDE: Readonly<Record<Side, Side>> = { police: 'prosecution', prosecution: 'police' };

function sideOfOrg({ directories, identity }: Session, org: OrgId): Side | null {
  const side = directories.current(identity.org)?.sides.get(org);
  return side !== undefined && isSide(side) ? side : null;
}

/** The next version of what is in force; what is in force with them in another case; the template of our rules. */
function startsOf(session: Session, of: CaseId, other: Other): readonly AgreementStart[] {
  const { identity, orgName, rules, platform } = session;
  const on = today(platform);
  const { agreements } = workOf(session, of);
  const number = Math.max(0, ...agreements.map(({ agreement }) => agreement.number)) + 1;
  const now = agreementInForce({ agreements });
  const elsewhere = allCases(session)
    .filter((one) => one !== of)
    .flatMap((one) => agreementInForce(workOf(session, one)) ?? [])
    .filter(({ agreement: { parties } }) =>
      [identity.org, other.org].every((org) => parties.some((party) => party.org === org)),
    )
    .sort((a, b) => b.agreement.number - a.agreement.number || (b.inForce?.at ?? 0) - (a.inForce?.at ?? 0));
  const own = sideOfOrg(session, identity.org) ?? OTHER_SIDE[sideOfOrg(session, other.org) ?? 'prosecution'];
  const parties = [
    { org: identity.org, name: orgName, side: own },
    { org: other.org, name: other.name, side: sideOfOrg(session, other.org) ?? OTHER_SIDE[own] },
  ];
  const { set, edition } = rules.own();
  const template = { ...draftBetween(templateIn(set.files), parties, on), number };
  const known = elsewhere[0];
  return [
    ...(now
      ? [
          {
            title: `Version ${now.agreement.number}, which is in force here`,
            agreement: nextVersion(now.agreement, number, on),
          },
        ]
      : []),
    ...(known
      ? [
          {
            title: `The agreement in force with ${other.name} in another case, version ${known.agreement.number}`,
            agreement: { ...known.agreement, number: Math.max(number, known.agreement.number) },
          },
        ]
      : []),
    { title: `The template of your rules, edition ${edition.edition}`, agreement: template },
  ];
}

type Tables = ReadonlyMap<string, PermissionTable>;

/** The permissions that came with each version, by its id. */
function tablesIn(session: Session, of: CaseId): Tables {
  const area = areaOf(session, of, 'case file') ?? areaOf(session, of, 'working papers');
  const facts = area ? session.facts.inArea(area.area) : [];
  return new Map(
    facts.flatMap(({ fact }) =>
      fact.is === 'agreement offered' && fact.permissions ? [[fact.id, fact.permissions] as const] : [],
    ),
  );
}
const tableOf = (tables: Tables, version: Version | null | undefined): PermissionTable =>
  (version && tables.get(version.id)) ?? DEFAULT_PERMISSIONS;

/** What a version took the place of; one that binds nobody, what was in force when it was offered or is now. */
function beforeOf(version: Version, all: readonly Version[]): Version | null {
  if (version.inForce) return all.find(({ supersededBy }) => supersededBy === version.id) ?? null;
  const now = agreementInForce({ agreements: [...all] });
  const isOpen = version.declined.length === 0 && (now?.agreement.number ?? 0) < version.agreement.number;
  if (isOpen) return now;
  return all.findLast(({ inForce }) => inForce !== null && inForce.at <= version.offered.at) ?? null;
}

async function notesOn(
  session: Session,
  version: Version,
  all: readonly Version[],
  tables: Tables,
): Promise<VersionNotes> {
  const { steps } = processOf(session.rules.own().set);
  const stepName = (id: string): string => steps.find((step) => step.id === id)?.title ?? id;
  const before = beforeOf(version, all);
  const brought = tables.get(version.id);
  const named = version.agreement.permissions;
  return {
    against: before?.agreement.number ?? null,
    changes: before ? compareAgreements(before.agreement, version.agreement, stepName) : [],
    permissions: comparePermissions(tableOf(tables, before), tableOf(tables, version)),
    fits: brought ? named?.sha256 === (await hashOfTable(session, brought)) : named === null,
  };
}

async function tableChoices(session: Session, now: Version | null, tables: Tables): Promise<readonly TableChoice[]> {
  const current = tableOf(tables, now);
  const changes = (table: PermissionTable) => comparePermissions(current, table);
  const own = await ownTable(session);
  const brought = now && tables.get(now.id);
  return [
    ...(brought && now
      ? [
          {
            key: 'now' as const,
            title: 'As they are in force here',
            named: now.agreement.permissions,
            table: brought,
            changes: [],
          },
        ]
      : []),
    {
      key: 'joinder',
      title: 'Those that Joinder comes with',
      named: null,
      table: null,
      changes: changes(DEFAULT_PERMISSIONS),
    },
    ...(own ? [{ ...own, key: 'rules' as const, changes: changes(own.table) }] : []),
  ];
}

/** The table that our own organisation published, where it is another than Joinder's. */
async function ownTable(session: Session) {
  const { set, edition } = session.rules.own();
  for (const content of set.files.values()) {
    const read = permissionTable.safeParse(content);
    if (!read.success || canonicalJson(read.data) === canonicalJson(DEFAULT_PERMISSIONS)) continue;
    const sha = await hashOfTable(session, read.data);
    const named = { name: read.data.name, version: edition.edition.slice(0, 50), sha256: sha };
    return { title: `Those of your rules: ${read.data.name}, edition ${edition.edition}`, named, table: read.data };
  }
  return null;
}
