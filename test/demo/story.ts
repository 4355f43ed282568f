/**
 * The story of the main job, played through two real windows: an officer with no network builds a case and releases it, the
 * link breaks twice in mid-file, a prosecutor opens what is there, takes everything out and accepts, and both write at
 * once. Does only what a person can do with a window, a cable and a folder; answers what it saw.
 */
import path from 'node:path';
import type { Actor } from '../e2e/actors.ts';
import { actor } from '../e2e/actors.ts';
import { EVIDENCE } from '../e2e/evidence.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { launchComputer } from '../support/launch.ts';
import { startServers } from '../support/servers.ts';
import type { Input } from './input.ts';
import { largestOf } from './input.ts';
import { addEvidence, buildOffLine, enrolBoth, releaseOffLine } from './offLine.ts';
import { acceptAndSee, sendThroughCuts, takeOut, writeAtOnce } from './onLine.ts';
import type { Step } from './record.ts';
import { recorder } from './record.ts';
import type { Skipped, Stage, TakenOut } from './stage.ts';

export interface Story {
  readonly steps: readonly Step[];
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256Sent: string;
    readonly sha256Opened: string | null;
  }[];
  readonly skipped: readonly Skipped[];
  readonly marker: string;
}

export async function playStory(dir: string, input: Input, say: (line: string) => void): Promise<Story> {
  const servers = await startServers({ dir });
  const cables = {
    officer: await startFaultProxy({ target: servers.relayUrl }),
    prosecutor: await startFaultProxy({ target: servers.relayUrl }),
  };
  const computers = await Promise.all([
    launchComputer({ profile: path.join(dir, 'officer') }),
    launchComputer({ profile: path.join(dir, 'prosecutor') }),
  ]);
  const [officer, prosecutor] = computers.map(actor) as [Actor, Actor];
  const stage: Stage = { dir, input, officer, prosecutor, cables, record: recorder(dir, say), servers };
  try {
    return await play(stage);
  } catch (error) {
    await stage.record.step('officer', officer.window, 'stopped here').catch(() => undefined);
    await stage.record.step('prosecutor', prosecutor.window, 'stopped here').catch(() => undefined);
    throw error;
  } finally {
    await Promise.all([officer, prosecutor].map((one) => one.leave().catch(() => undefined)));
    await Promise.all([cables.officer.close(), cables.prosecutor.close(), servers.stop()]);
  }
}

async function play(stage: Stage): Promise<Story> {
  await enrolBoth(stage);
  await buildOffLine(stage);
  const skipped = await addEvidence(stage);
  const names = await namesIn(stage.officer, EVIDENCE);
  const largest = largestOf(stage.input, names);
  let opened: readonly TakenOut[] = [];
  // Where a window took none of the files, it is told why, and there is nothing to release.
  if (largest !== undefined) {
    await releaseOffLine(stage);
    await sendThroughCuts(stage, largest);
    opened = await takeOut(stage, names);
    await writeAtOnce(stage);
    await acceptAndSee(stage);
  }
  return {
    steps: stage.record.steps,
    files: pair(stage.input, opened),
    skipped: skipped.filter(({ name }) => !names.includes(name)),
    marker: stage.input.marker,
  };
}

/** The names of all rows of a list, walked by keyboard from end to end. */
async function namesIn({ window }: Actor, grid: string): Promise<readonly string[]> {
  const list = window.getByRole('grid', { name: grid, exact: true });
  if ((await list.count()) === 0) return [];
  const names = new Map<number, string>();
  const last = Number(await list.getAttribute('aria-rowcount'));
  await list.locator('[tabindex="0"]').first().focus();
  await window.keyboard.press('Home');
  for (;;) {
    for (const [at, name] of await list.evaluate((element) =>
      [...element.querySelectorAll('[role=row][aria-label]')].map(
        (row) => [Number(row.getAttribute('aria-rowindex')), row.getAttribute('aria-label') ?? ''] as const,
      ),
    ))
      names.set(at, name);
    if (names.size >= last - 1) return [...names].sort(([a], [b]) => a - b).map(([, name]) => name);
    await window.keyboard.press('PageDown');
  }
}

/** Each input file beside what was taken out under its name. */
function pair(input: Input, opened: readonly TakenOut[]): Story['files'] {
  const left = [...opened];
  return input.files.flatMap(({ name, bytes, sha256 }) => {
    const same = left.filter((one) => one.name === name);
    const found = same.find((one) => one.sha256 === sha256) ?? same[0];
    if (found === undefined) return [];
    left.splice(left.indexOf(found), 1);
    return [{ name, bytes, sha256Sent: sha256, sha256Opened: found.sha256 }];
  });
}
