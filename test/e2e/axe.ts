/** What axe finds on a page as it stands: one line for each place. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
  }[];
}

export async function findings(window: Page): Promise<readonly string[]> {
  await window.evaluate(axe.source);
  const { violations } = await window.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}
