/** The directory as an administrator reads it: who there is, which posts they hold, on which devices they work. */
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Said } from './commandLine.ts';

export function listPeople(state: DirectoryState): Said {
  const posts = [...state.posts.values()].map(({ seat, title, unit }) => ({
    id: seat,
    title,
    unit,
    roles: state.roles.get(seat) ?? [],
    hasKey: state.seats.has(seat),
  }));
  const people = [...state.people.values()].map(({ person, name }) => ({
    id: person,
    name,
    posts: [...(state.holds.get(person) ?? [])],
    devices: [...state.known.values()]
      .filter((d) => d.person === person)
      .map((d) => ({ id: d.device, name: d.name, revoked: !state.devices.has(d.device) })),
  }));
  const title = new Map(
    posts.map((p) => [p.id, `${p.title}${p.roles.length > 0 ? ` as ${p.roles.join(', ')}` : ', no role'}`]),
  );
  const lines = people.flatMap((p) => [
    `${p.name} (person ${p.id})`,
    ...p.posts.map((seat) => `  holds ${title.get(seat) ?? 'a post'} (post ${seat})`),
    ...p.devices.map((d) => `  works on ${d.name} (device ${d.id})${d.revoked ? ', revoked' : ''}`),
  ]);
  const free = posts
    .filter((p) => !people.some((person) => person.posts.includes(p.id)))
    .map((p) => `${title.get(p.id)} (post ${p.id}): held by nobody`);
  const words = [...lines, ...free].join('\n');
  return {
    json: { people, posts },
    words: words === '' ? 'Nobody yet. Next: person add --name NAME --post POST' : words,
  };
}
