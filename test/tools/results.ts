/**
 * Owns counting: what each runner's report says in passed and failed, the sum that is printed last, and the file that
 * .ci/run adds up. Promises that a runner which broke, or ran nothing, counts as failed, never as silence.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../setup/exec.mjs';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export const resultsFolder = path.join(cache, 'results');

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { readonly status: string }[] }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly errors: readonly unknown[];
  readonly suites?: readonly Suite[];
}

export function countVitest(report: VitestReport): Count {
  // A file that cannot be loaded has no tests to fail; where the set-up of tests fails, they are left out.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

export function countPlaywright({ stats, errors }: PlaywrightReport): Count {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

/** The end-to-end tests that passed only when CI tried them again, by file and title: each a bug to find, in it or in us. */
export function unsteady({ suites = [] }: PlaywrightReport): readonly string[] {
  const within = (suite: Suite, of: string): readonly string[] => [
    ...(suite.specs ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title }) => `${of} › ${title}`),
    ...(suite.suites ?? []).flatMap((inner) => within(inner, `${of} › ${inner.title}`)),
  ];
  return suites.flatMap((suite) => within(suite, suite.title));
}

/** A runner that failed without a failed test, or that ran no test, is itself one failure. */
export function settle(count: Count, exitCode: number): Count {
  const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return silent ? { ...count, failed: 1 } : count;
}

export function sum(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
}

/** Reads a runner's report; undefined when it left none. */
export function readReport<Report>(name: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path.join(resultsFolder, name), 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

export function forgetReport(name: string): void {
  rmSync(path.join(resultsFolder, name), { force: true });
}

/** Prints the last line, keeps it for .ci/run, and sets the exit code. */
export function conclude(name: string, count: Count): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(path.join(resultsFolder, name), `${count.passed} ${count.failed}\n`);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}
