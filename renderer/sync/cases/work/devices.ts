/** The computers that may hold something of a case: those of everybody who holds a post that one of its areas is granted to. */
import type { CaseId, DeviceId, OrgId, PersonId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import type { Session } from '../../session.ts';
import { areasOf } from '../caseIndex.ts';
import { sensitiveOf } from '../sensitive/areas.ts';

interface Holder {
  readonly device: DeviceId;
  readonly org: OrgId;
  /** As people know it: whose, where, and which. */
  readonly name: string;
}

export function holdersOf(session: Session, of: CaseId): readonly Holder[] {
  const { log, directories, orgName } = session;
  const found = new Map<DeviceId, Holder>();
  for (const { area } of [...areasOf(session, of), ...sensitiveOf(session, of)]) {
    for (const { org, seat } of log.replica(area).access?.seats.values() ?? []) {
      const state = directories.current(org);
      for (const device of state?.devices.values() ?? []) {
        if (!holds(state, device.person, seat)) continue;
        const person = state?.people.get(device.person)?.name ?? '';
        const name = `${device.name} of ${person}, ${directories.nameOf(org, orgName)}`;
        found.set(device.device, { device: device.device, org, name });
      }
    }
  }
  return [...found.values()];
}

const holds = (state: DirectoryState | null, person: PersonId, seat: SeatId): boolean =>
  state?.holds.get(person)?.has(seat) ?? false;
