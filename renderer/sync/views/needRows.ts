/** What waits for a person of this side, as rows: oldest first, what has no time last. */
import type { NeedRow } from '../../../shared/ipc/needs.ts';
import { allCases } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { nameOf } from './cases.ts';
import { needsOf } from './needs.ts';

export async function needRows(desktop: Desktop): Promise<readonly NeedRow[]> {
  const rows: NeedRow[] = [];
  for (const of of allCases(desktop.session)) {
    const needs = needsOf(desktop, of);
    if (needs.length === 0) continue;
    const { title, urn } = await nameOf(desktop, of);
    for (const { package: pkg, why, at } of needs)
      rows.push({
        case: of,
        caseTitle: title,
        urn,
        package: pkg && {
          id: pkg.package,
          direction: pkg.side === 'sender' ? 'sent' : 'received',
          purpose: pkg.content.purpose,
          org: pkg.side === 'sender' ? pkg.content.to.orgName : pkg.content.from.orgName,
        },
        why,
        at,
      });
  }
  return rows.sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0);
}
