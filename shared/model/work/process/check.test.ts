/** The process that Joinder comes with holds together, and one that does not says where. */
import { describe, expect, it } from 'vitest';
import data from '../../rules/data/process.json' with { type: 'json' };
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import { checkProcess } from './check.ts';
import { processFile } from './load.ts';
import type { ProcessTable } from './table.ts';
import { processTable } from './table.ts';

const faults = (change: (copy: ProcessTable) => void): string[] => {
  const copy = processTable.parse(structuredClone(data));
  change(copy);
  return checkProcess(copy, DEFAULT_PERMISSIONS).map(({ at, what }) => `${at}: ${what}`);
};
const stepIn = (copy: ProcessTable, id: string) => copy.steps.find((step) => step.id === id)!;

describe('the table', () => {
  it('holds together as it comes', () => expect(faults(() => {})).toEqual([]));

  it.each([
    [
      'a next that is not there',
      (t: ProcessTable) => stepIn(t, 'trial-close').next.push('nowhere'),
      'no step or stage is called "nowhere"',
    ],
    [
      'a step that leads back to itself alone',
      (t: ProcessTable) => (stepIn(t, 'trial-close').next = ['trial-prepare']),
      'no way out of the stage',
    ],
    [
      'a step that nobody may take',
      (t: ProcessTable) => (stepIn(t, 'charging-decide').roles = ['paralegal']),
      'none of them may do "decided"',
    ],
    [
      'a role of the other side',
      (t: ProcessTable) => stepIn(t, 'trial-close').roles.push('prosecutor'),
      '"prosecutor" is not on the side of police',
    ],
    [
      'a stage that no case comes to',
      (t: ProcessTable) => (stepIn(t, 'hearing-upgrade').next = ['stage:trial']),
      'no case ever comes to the stage "upgrade"',
    ],
    [
      'a stage without steps',
      (t: ProcessTable) => (t.steps = t.steps.filter(({ stages }) => !stages.includes('upgrade'))),
      'the stage has no steps',
    ],
    [
      'a step that nothing leads to',
      (t: ProcessTable) => {
        stepIn(t, 'trial-prepare').next = ['stage:upgrade'];
        stepIn(t, 'trial-outcome').next = ['trial-outcome', 'trial-close'];
        stepIn(t, 'trial-close').next = ['trial-outcome', 'end'];
      },
      'nothing leads to the step "trial-outcome"',
    ],
    [
      'the same step twice',
      (t: ProcessTable) => t.steps.push(stepIn(t, 'trial-close')),
      'there is another step "trial-close"',
    ],
    [
      'a path that no case has',
      (t: ProcessTable) => (stepIn(t, 'trial-close').done = { exists: 'case/nothing' }),
      'unknown path case/nothing',
    ],
  ] as const)('says so of %s', (_, change, words) => {
    expect(faults((copy) => void change(copy)).join('\n')).toContain(words);
  });

  it('is refused as a file where it does not hold together', () => {
    const copy = structuredClone(data);
    copy.steps[0]!.next = ['nowhere'];
    expect(
      processFile
        .safeParse(copy)
        .error?.issues.map(({ message }) => message)
        .join(),
    ).toContain('"nowhere"');
  });
});
