/** Facts of the work in a few words: what a test does not say is as in an ordinary case. */
import type { Unsigned } from './work.fixture.ts';
import { ABOUT, workId } from './work.fixture.ts';

export const raised = (word: string, due: string | null = '2026-12-03'): Unsigned => ({
  is: 'action raised',
  id: workId(word),
  text: `Action ${word}`,
  paths: ['exhibits/1'],
  items: [],
  rule: 'exhibits missing',
  package: null,
  due,
});

export const asked = (word: string): Unsigned => ({
  is: 'review asked',
  id: workId(word),
  stage: 'charging',
  to: null,
  note: '',
  about: ABOUT,
});

export const decided = (
  word: string,
  supersedes: string | null,
  route: 'prosecutor' | 'police' = 'prosecutor',
): Unsigned => ({
  is: 'decided',
  id: workId(word),
  supersedes: supersedes === null ? null : workId(supersedes),
  outcome: 'charge',
  route,
  test: 'full code',
  offences: [],
  reasons: 'enough',
});
