/**
 * A case released to two organisations: what goes to one is not seen by the other. The Case file is live with the first
 * alone, and the second gets its package, with the text of Working papers and not what the first wrote since.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packagesOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { previewRelease } from '../../../renderer/sync/cases/release/releasing.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import { addFile, deliver, makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let first: Computer;
let second: Computer;

beforeAll(async () => {
  world = await World.begin();
  await world.pin('police', 'strangers');
  await world.pin('strangers', 'police');
  [officer, first, second] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('first', 'prosecutor'),
    world.computer('second', 'stranger'),
  ]);
}, 40_000);
afterAll(() => world.end(), 20_000);

/** A post of another computer's organisation, as the officer's directory knows it. */
const postOf = ({ session: { identity } }: Computer): Promise<SeatId> =>
  until(
    () => [...(officer.session.directories.current(identity.org)?.posts.keys() ?? [])][0],
    'the partner\u2019s post',
  );

it('gives neither of two organisations what was released to the other', async () => {
  const of = await makeCase(officer);
  const [one, other] = [
    await addFile(officer, of, 'for the first.txt'),
    await addFile(officer, of, 'for the second.txt'),
  ];
  await deliver(first, await releaseTo(officer, of, [one], await postOf(first)));
  const area = await first.area(of, 'case file');
  const theirs = await first.openDocument(area, 'summary');
  theirs.text.insert(0, 'Only the first may read this.');
  const mine = await officer.openDocument(area, 'summary');
  await until(() => mine.text.toJSON().includes('Only the first'), 'the first organisation\u2019s text');

  const to = await postOf(second);
  const asked = {
    case: of,
    versions: [other.content.version],
    to,
    purpose: 'charging decision',
    urgency: 'routine',
    when: { sealed: true, at: null, unmetered: false },
    note: '',
    answers: null,
  } as const;
  const preview = await previewRelease(officer.session, asked);
  expect(preview.ok && preview.value.newly.join(' ')).toMatch(/stays live with another organisation/);
  await deliver(second, await releaseTo(officer, of, [other], to));
  const [arrived] = await until(
    () => (packagesOf(second.session, of).length > 0 ? packagesOf(second.session, of) : null),
    'the second package',
  );
  expect(arrived?.content.caseFile).toBeNull();
  expect(arrived?.content.summary).not.toContain('Only the first');
  expect(arrived?.content.files.map((file) => file.name)).toEqual(['for the second.txt']);

  // Something written after it, in the same area, has come: so nothing of the second package is still on its way there.
  mine.text.insert(0, 'The last word. ');
  await until(() => theirs.text.toJSON().includes('The last word'), 'what the officer wrote last');
  const seen = first.session.facts.all().flatMap(({ fact }) => (fact.is === 'entered' ? [fact.file.name] : []));
  expect(seen).toEqual(['for the first.txt']);
  expect(second.session.log.replica(area).row.n).toBe(0);
});
