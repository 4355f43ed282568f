/** How a case is changed for a test of one rule. Paths are those of the draft: list, index, field; `undefined` takes away. */
import type { Draft } from './goodCase.fixture.ts';
import { ON } from './goodCase.fixture.ts';

export type Change = (draft: Draft) => void;
export interface Pair {
  readonly bad: Change;
  /** Where the good case as it is does not show the boundary. */
  readonly good?: Change;
  /** Where the finding is to be, if that is not where the first row of the rule's list is. */
  readonly at?: string;
}

/** Only these schedules are certified; each beside one of another form that was superseded. */
export const certified = (...forms: readonly string[]): Change =>
  set('work/certificates', [
    ...['MG6C', 'MG6D', 'MG6E', 'SDC'].map((schedule, n) => ({ id: `old${n}`, schedule, supersededBy: 'later' })),
    ...forms.map((schedule, n) => ({ id: `c${n}`, schedule, supersededBy: null })),
  ]);

/** Sets values by path: `set('suspects/0/born', undefined)`. */
export const set =
  (...pairs: readonly unknown[]): Change =>
  (draft) => {
    for (let i = 0; i < pairs.length; i += 2) {
      const keys = String(pairs[i]).split('/');
      const last = keys.pop() ?? '';
      let at: Draft = draft;
      for (const key of keys) at = at[key];
      if (pairs[i + 1] === undefined) delete at[last];
      else at[last] = pairs[i + 1];
    }
  };
export const all =
  (...changes: readonly Change[]): Change =>
  (draft) =>
    changes.forEach((change) => change(draft));
export const empty = (list: string): Change => set(list, []);
export const add =
  (list: string, ...rows: readonly Draft[]): Change =>
  (draft) =>
    draft[list].push(...rows);
/** Takes the documents of these forms away, with their files. */
export const without =
  (...forms: readonly string[]): Change =>
  (draft) => {
    const gone = new Set(
      draft['documents'].filter((each: Draft) => forms.includes(each['form'])).map((each: Draft) => each['id']),
    );
    for (const [list, key] of [
      ['documents', 'id'],
      ['files', 'item'],
    ] as const)
      draft[list] = draft[list].filter((each: Draft) => !gone.has(each[key]));
  };
/** A further document with its file. */
export const withForm =
  (form: string, more: Draft = {}): Change =>
  (draft) => {
    draft['documents'].push({ id: `f-${form}`, title: form, group: 'MG form', form, ...more });
    draft['files'].push({ item: `f-${form}`, name: `${form}.pdf`, bytes: 1, found: [] });
  };
export const documentOf =
  (form: string, more: Draft): Change =>
  (draft) =>
    Object.assign(
      draft['documents'].find((each: Draft) => each['form'] === form),
      more,
    );
export const found = (code: string): Pair => ({
  bad: set('files/0/found', [code]),
  good: set('files/0/found', ['something else']),
});
export const missing = (path: string): Pair => ({ bad: set(path, undefined) });
export const blank = (path: string): Pair => ({ bad: set(path, '   ') });
export const noForm = (...forms: readonly string[]): Pair => ({ bad: without(...forms) });

export const DAY_BEFORE = '2026-03-01';
export const DAY_AFTER = '2026-03-03';
export const dated = (path: string, bad: string, good: string): Pair => ({
  bad: set(path, bad),
  good: set(path, good),
});
export const onBail = set('suspects/0/custodyStatus', 'police bail');
export const summary = set('offences/0/category', 'summary', 'offences/0/limitationDate', ON);
export const abuse = set(
  'victims/0/domesticAbuse',
  true,
  'victims/0/riskChecklist',
  'provided',
  'case/safeguarding',
  'Kept apart.',
);
export const noStatements = all(empty('statements'), set('exhibits/0/statement', undefined));
