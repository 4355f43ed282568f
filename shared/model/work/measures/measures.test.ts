/** Shared measures equal a count by hand over the facts themselves, and both organisations count alike. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackageId } from '../../../primitives/ids.ts';
import { sample } from '../../facts/counted.ts';
import { HOUR } from '../../../primitives/units.ts';
import { A, B, CASE_FILE, INTAKE, ann, content, cy, di, id, log, meOf, receipt } from '../../fold.fixture.ts';
import { foldPackages } from '../../foldPackage.ts';
import type { Logged } from '../../logged.ts';
import type { PackageFacts } from '../../snapshot/facts.ts';
import { packagesOf } from '../../snapshot/ofFacts.ts';
import { emptyWork } from '../fold/draft.ts';
import type { Unsigned } from '../work.fixture.ts';
import { Story, lawyer, officer, workId, bareAction } from '../work.fixture.ts';
import { csv, measuresCsv } from './csv.ts';
import { measures } from './measures.ts';
import type { Measured } from './samples.ts';
import { samplesOf, unitOf } from './samples.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);
const NOVEMBER = Date.UTC(2026, 10, 3, 9);
const DECEMBER = Date.UTC(2026, 11, 3, 9);
const pkg = (word: string): PackageId => id<PackageId>(word);

interface Told {
  readonly word: string;
  readonly at: number;
  readonly answers?: string | null;
  readonly delivered?: number;
  readonly opened?: number;
  readonly returned?: readonly string[] | null;
  readonly accepted?: boolean;
}
/** A package's facts as its receiver logs them; hours are from its release. */
function told({ word, at, answers = null, delivered, opened, returned = null, accepted }: Told): Logged[] {
  const one = pkg(word);
  const sent = content({ package: one, at, answers: answers === null ? null : pkg(answers), files: [A, B] });
  const says = (what: 'delivered' | 'opened', hours: number, file = A): Logged =>
    log(cy, INTAKE, receipt(cy, what, file, at + hours * HOUR, { package: one }));
  const decided = returned
    ? [
        log(cy, INTAKE, {
          is: 'returned',
          package: one,
          reason: 'why',
          reasons: [...returned],
          by: cy.party,
          at: at + 99 * HOUR,
        }),
      ]
    : [];
  return [
    log(ann, INTAKE, sent),
    ...(delivered === undefined ? [] : [says('delivered', delivered - 1), says('delivered', delivered, B)]),
    ...(opened === undefined ? [] : [says('opened', opened)]),
    ...decided,
    ...(accepted ? [log(di, INTAKE, { is: 'accepted', package: one, by: di.party, at: at + 99 * HOUR })] : []),
  ];
}

const FACTS = [
  ...told({ word: 'p1', at: NOVEMBER, delivered: 2, opened: 5, returned: ['no-mg3', 'no-exhibits'] }),
  ...told({ word: 'p2', at: NOVEMBER + HOUR, answers: 'p1', delivered: 4, opened: 10, accepted: true }),
  ...told({ word: 'p3', at: NOVEMBER + 2 * HOUR, delivered: 3, accepted: true }),
  ...told({ word: 'p4', at: DECEMBER, returned: [] }),
  ...told({ word: 'p5', at: DECEMBER }),
];
const raised = (word: string) => bareAction(workId(word));
const answered = (word: string): Unsigned => ({
  is: 'action answered',
  action: workId(word),
  outcome: 'disputed',
  reason: '',
  items: [],
  sent: [],
});

const of = (measured: Measured) => measures(samplesOf(measured, dayAt));

interface Exported {
  readonly packages: readonly PackageFacts[];
  readonly work: { readonly actions: readonly { readonly answers: readonly unknown[]; readonly closed: unknown }[] };
}
/** As anybody could who has the exported file, with none of our code. */
function countedByHand({ packages, work }: Exported) {
  const had = packages.filter((one) => one.state !== 'withdrawn' || one.delivered !== undefined);
  const firsts = had.filter((one) => one.answers === undefined && one.decided !== undefined);
  const spans = had.flatMap((one) => (one.delivered ? [Date.parse(one.delivered) - Date.parse(one.released)] : []));
  const sorted = spans.toSorted((a, b) => a - b);
  return {
    released: had.length,
    decidedFirst: firsts.length,
    acceptedFirst: firsts.filter(({ state }) => state === 'accepted').length,
    returned: had.filter(({ state }) => state === 'returned').length,
    toDelivered: ((sorted.at((sorted.length - 1) >> 1) ?? NaN) + (sorted.at(sorted.length >> 1) ?? NaN)) / 2,
    actionsRaised: work.actions.length,
    actionsAnswered: work.actions.filter(({ answers }) => answers.length > 0).length,
    actionsClosed: work.actions.filter(({ closed }) => closed !== null).length,
  };
}

describe('measures', () => {
  const packages = [...foldPackages(FACTS, meOf(cy)).values()];

  it('count packages as one counts them by hand', () => {
    const { all, rows } = of({ packages, work: emptyWork() });
    expect(all).toEqual({
      released: 5,
      decidedFirst: 3, // p1, p3, p4: p2 answers p1, p5 has no answer
      acceptedFirst: 1, // p3
      returned: 2,
      reasons: { 'no-mg3': 1, 'no-exhibits': 1, other: 1 },
      toDelivered: 3 * HOUR, // of 2, 3 and 4
      toOpened: 4.5 * HOUR, // of 3 and 6
      actionsRaised: 0,
      actionsAnswered: 0,
      actionsClosed: 0,
      turnaround: null,
    });
    expect(rows.map(({ month, unit, released }) => [month, unit, released])).toEqual([
      ['2026-11', 'CID', 3],
      ['2026-12', 'CID', 2],
    ]);
  });

  it('are counted anew by month and by unit: a median of many is no median of medians', () => {
    const { months, units } = of({ packages, work: emptyWork() });
    expect(months).toMatchObject([
      { month: '2026-11', released: 3, decidedFirst: 2, acceptedFirst: 1, toDelivered: 3 * HOUR },
      { month: '2026-12', released: 2, decidedFirst: 1, acceptedFirst: 0, toDelivered: null },
    ]);
    expect(units).toMatchObject([{ unit: 'CID', released: 5, toDelivered: 3 * HOUR, toOpened: 4.5 * HOUR }]);
  });

  it('are the same for who sends and who receives', () => {
    const theirs = [...foldPackages(FACTS, meOf(ann)).values()];
    expect(of({ packages: theirs, work: emptyWork() })).toEqual(of({ packages, work: emptyWork() }));
  });

  it('count actions, and how long the first answer took', () => {
    const story = new Story();
    for (const word of ['a', 'b', 'c']) story.does(lawyer, raised(word));
    story.does(officer, answered('a'));
    story.does(officer, answered('a'));
    story.does(officer, answered('b'));
    story.does(lawyer, { is: 'action closed', action: workId('b'), outcome: 'met', note: '' });
    const { all } = of({ packages: [], work: story.work });
    // A minute between facts: a is answered after 3, b after 4.
    expect(all).toMatchObject({ actionsRaised: 3, actionsAnswered: 2, actionsClosed: 1, turnaround: 3.5 * 60_000 });
  });

  it('equal a count over the log, whatever was written', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      word.map(raised),
      word.map(answered),
      word.map((one): Unsigned => ({ is: 'action closed', action: workId(one), outcome: 'met', note: '' })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(officer, lawyer), step), { maxLength: 30 }), (steps) => {
        const story = new Story();
        for (const [by, fact] of steps) story.does(by, fact, CASE_FILE);
        const refused = new Set(story.work.refused.map(({ hash }) => hash));
        const counted = story.facts.filter(({ hash }) => !refused.has(hash)).map(({ fact }) => fact);
        const kinds = <T>(list: T[]): number => new Set(list).size;
        expect(of({ packages: [], work: story.work }).all).toMatchObject({
          actionsRaised: counted.filter(({ is }) => is === 'action raised').length,
          actionsAnswered: kinds(counted.flatMap((fact) => (fact.is === 'action answered' ? [fact.action] : []))),
          actionsClosed: counted.filter(({ is }) => is === 'action closed').length,
        });
      }),
    );
  });

  it('equal a count by hand over the case as it is exported', () => {
    const story = new Story();
    for (const word of ['a', 'b', 'c']) story.does(lawyer, raised(word));
    story.does(officer, answered('a'));
    story.does(lawyer, { is: 'action closed', action: workId('a'), outcome: 'met', note: '' });
    const exported = JSON.parse(JSON.stringify({ packages: packagesOf(packages), work: story.work })) as Exported;
    const { all } = of({ packages, work: story.work });
    expect(all).toMatchObject(countedByHand(exported));
  });

  it('are counted from what may outlive the case: times, outcomes and codes, of no case and nobody', () => {
    const samples = samplesOf({ packages, work: emptyWork() }, dayAt);
    const kept = JSON.parse(JSON.stringify(samples)) as unknown[];
    expect(measures(kept.map((one) => sample.parse(one)))).toEqual(of({ packages, work: emptyWork() }));
    const said = JSON.stringify(samples);
    for (const word of packages.flatMap(({ package: name, content: { case: one, from, files } }) => [
      name,
      one,
      from.person,
      from.personName,
      ...files.flatMap((file) => [file.name, file.item]),
    ]))
      expect(said).not.toContain(word);
  });

  it('read the unit behind the last comma of a post', () => {
    expect(['OIC, Kendal CID', 'Kendal CID', ''].map(unitOf)).toEqual(['Kendal CID', 'Kendal CID', '']);
  });

  it('export as CSV, returns by reason in columns of their own', () => {
    const { rows } = of({ packages, work: emptyWork() });
    const lines = measuresCsv(rows, (code) => (code === 'no-mg3' ? 'No MG3, or "none"' : code)).split('\r\n');
    expect(lines[0]).toBe(
      'Month,Unit,Packages released,First packages answered,Accepted first time,Returned,Hours from release to delivered (median),Hours from delivered to opened (median),Actions raised,Actions answered,Actions closed,Hours from raised to answered (median),Returned: no-exhibits,"Returned: No MG3, or ""none""",Returned: other',
    );
    expect(lines.slice(1)).toEqual([
      '2026-11,CID,3,2,1,1,3,4.5,0,0,0,,1,1,0',
      '2026-12,CID,2,1,0,1,,,0,0,0,,0,0,1',
      '',
    ]);
  });
});

it('lets no cell of a table become a formula', () => {
  expect(csv([['=1+1', '-A', '@x', 'plain', 'a\nb']])).toBe("'=1+1,'-A,'@x,plain,\"a\nb\"\r\n");
});
