/** Every computer that one's organisation has admitted, and when: members see each new one. */
import type { ComputersView } from '../../../shared/ipc/computers.ts';
import type { Session } from '../session.ts';

export function computers({ directories, identity }: Session): ComputersView {
  const state = directories.current(identity.org);
  const rows = [...(state?.known.values() ?? [])].map(({ device, person, name }) => ({
    device,
    name,
    person,
    personName: state?.people.get(person)?.name ?? '',
    joined: state?.joined.get(device) ?? 0,
    ended: state?.ended.get(device) ?? null,
    isMine: person === identity.person,
    isThis: device === identity.device,
  }));
  const people = [...(state?.people.values() ?? [])]
    .filter(({ person }) => (state?.holds.get(person)?.size ?? 0) > 0)
    .map(({ person, name }) => ({ person, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  return { me: identity.person, relay: identity.relay, people, computers: rows.sort((a, b) => b.joined - a.joined) };
}
