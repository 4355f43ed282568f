/**
 * Holds the counting to its word: nothing that broke or did not run may look like success.
 */
import { expect, test } from 'vitest';
import { countPlaywright, countVitest, settle, sum, unsteady } from './results.ts';

test('a file that cannot be loaded, or whose set-up fails, counts as a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(countVitest({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({ passed: 2, failed: 3 });
});

test('a test that passed only at the second try counts, and is named', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const suites = [
    {
      title: 'a.e2e.ts',
      specs: [spec('steady', 'expected')],
      suites: [{ title: 'group', specs: [spec('shaky', 'flaky')] }],
    },
  ];
  const report = { stats: { expected: 2, unexpected: 0, flaky: 1 }, errors: [], suites };
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 0 });
  expect(unsteady(report)).toEqual(['a.e2e.ts › group › shaky']);
});

test('an error outside every test counts as a failure', () => {
  const report = { stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [{}] };
  expect(countPlaywright(report)).toEqual({ passed: 2, failed: 1 });
});

test('a runner that broke, or ran nothing, counts as a failure; its own failures are not counted twice', () => {
  expect(settle({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
  expect(settle({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  expect(settle({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
  expect(settle({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
});

test('counts add up', () => {
  const counts = [
    { passed: 1, failed: 2 },
    { passed: 3, failed: 0 },
  ];
  expect(sum(counts)).toEqual({ passed: 4, failed: 2 });
});
