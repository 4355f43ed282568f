/** The work of one case that was written into several areas: joined, and judged in each by itself. */
import { describe, expect, it } from 'vitest';
import { CASE_FILE, PAPERS } from '../fold.fixture.ts';
import { foldWork } from './foldWork.ts';
import type { Unsigned } from './work.fixture.ts';
import { Story, colleague, lawyer, officer, sergeant } from './work.fixture.ts';
import { asked, decided, raised } from './workFacts.fixture.ts';

describe('areas', () => {
  it('join what was written into both, and keep apart what was not', () => {
    const story = new Story();
    const over: Unsigned = { is: 'handed over', to: colleague.party, reason: 'shift', absent: false };
    const logged = story.does(officer, over, PAPERS);
    story.write(officer, CASE_FILE, logged.fact);
    story.does(colleague, asked('r'), PAPERS);
    story.does(lawyer, raised('a'));
    const { handovers, holder, reviews, actions } = story.work;
    expect([handovers.length, holder?.personName, reviews.length, actions.length]).toEqual([1, 'Bo', 1, 1]);
  });

  it('are judged each by itself: who reads one alone reaches the same verdicts there', () => {
    const story = new Story();
    story.does(officer, { is: 'staged', stage: 'trial', reason: '' }, PAPERS);
    story.does(sergeant, decided('d', null, 'police'));
    story.does(sergeant, decided('e', null, 'police'), PAPERS);
    const shared = foldWork(story.facts.filter(({ area }) => area === CASE_FILE));
    expect(shared.decisions).toEqual(story.work.decisions);
    expect(story.refusals).toEqual([['not at this stage', 'decided by police']]);
  });

  it('let no organisation work on both sides', () => {
    const double = { ...officer, roles: ['officer', 'prosecutor'] };
    const story = new Story();
    story.does(double, decided('d', null));
    expect(story.refusals).toEqual([['not permitted', 'decided']]);
    const other = new Story();
    other.does(lawyer, decided('e', null));
    expect(foldWork(other.facts).decisions).toHaveLength(1);
    expect(foldWork(other.facts.map((fact) => ({ ...fact, side: 'police' }))).decisions).toEqual([]);
  });
});
