/**
 * Every screen, light and dark: axe finds nothing, and at 1280×800, also at twice the size, nothing runs over the side. Played
 * with names as long as people make them.
 */
import type { Page } from '@playwright/test';
import { makeEvidence } from '../demo/evidence.ts';
import { findings } from './axe.ts';
import { closeViewer, FILES, pressRelease } from './evidence.ts';
import { button, dialog } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

const LONG =
  'R v Featherstonehaugh-Cholmondeley and seventeen others known as the Upper Wensleydale lorry park conspiracy';
// With no place to break it, and as long as a path of 260 characters leaves room for.
const LONG_FILE = `Exhibit_${'very_'.repeat(32)}long.txt`;

test.setTimeout(420_000);

/** What makes a screen or a dialog wider than its place. A document that is read in the viewer may be panned. */
const overflow = (window: Page): Promise<readonly string[]> =>
  window.evaluate(() => {
    const places = [document.documentElement, ...document.querySelectorAll('main, [role=dialog], [role=alertdialog]')];
    return places
      .filter((place) => place.scrollWidth > place.clientWidth + 1)
      .flatMap((place) => {
        const edge = place.getBoundingClientRect().left + place.clientWidth;
        const beyond = [...place.querySelectorAll('*')].filter(
          (inner) => inner.getBoundingClientRect().right > edge + 1 && inner.closest('[role=document]') === null,
        );
        // The innermost say it best.
        return beyond
          .filter((inner) => !beyond.some((other) => other !== inner && inner.contains(other)))
          .map(
            (inner) => `${place.tagName} ← ${inner.tagName}.${inner.className} "${inner.textContent?.slice(0, 30)}"`,
          );
      });
  });

const setZoom = ({ computer: { app } }: Desk, factor: number): Promise<void> =>
  app.evaluate(({ BrowserWindow }, zoom) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.webContents.setZoomFactor(zoom);
  }, factor);

const found: Record<string, readonly string[]> = {};

/** Rows of which the acts lie under all that is said of them. */
const farActs = (window: Page): Promise<string[]> =>
  window.locator('.grid .line > .acts').evaluateAll((all) =>
    all.flatMap((acts) => {
      const line = acts.parentElement;
      const isFar = line !== null && acts.getBoundingClientRect().top - line.getBoundingClientRect().top > 24;
      return isFar ? [line.textContent] : [];
    }),
  );

async function look(desk: Desk, screen: string): Promise<void> {
  const { window } = desk;
  const note = (how: string, seen: readonly string[]): void => {
    if (seen.length > 0) found[`${screen}, ${how}`] = seen;
  };
  // A screen that still opens would be judged in place of what it shows.
  await expect(window.getByRole('status').filter({ hasText: /^Opening .*…$/ })).toHaveCount(0);
  note('axe', await findings(window));
  note('width', await overflow(window));
  await setZoom(desk, 2);
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(700);
  note('width at 200 %', await overflow(window));
  note('acts at 200 %', await farActs(window));
  await setZoom(desk, 1);
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeGreaterThan(1200);
}

test('axe finds nothing, and nothing runs over the side, on any screen', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.computer.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((w) => w.isVisible())
      ?.setContentSize(1280, 800),
  );
  const paths = await makeEvidence(`${world.dir}/input`, 1024 * 1024);
  await look(officer, 'Cases, empty');
  await officer.goTo('Inbox');
  await look(officer, 'Inbox, empty');
  await officer.goTo('Transfers');
  await look(officer, 'Transfers, empty');
  await officer.goTo('Needs me');
  await look(officer, 'Needs me, empty');
  await officer.goTo('Measures');
  await look(officer, 'Measures, empty');
  await officer.goTo('Rules');
  await look(officer, 'Rules');
  await officer.goTo('Cases');
  await button(officer.window, 'New case').click();
  await look(officer, 'New case');
  await officer.newCase({
    title: LONG,
    suspect: 'Bartholomew Featherstonehaugh-Cholmondeley',
    offence: 'Conspiracy',
    witness: 'Agnes Holt',
  });
  await officer.addFiles([...paths, await world.makeFile(LONG_FILE, 'A text.')]);
  await expect(officer.fileRow(LONG_FILE)).toContainText('On this computer');
  await officer.write('A summary of some length, so that there is something to wrap. '.repeat(4));
  await officer.whenSaved();
  await look(officer, 'Case, Working papers');
  await button(officer.window, 'Dark').click();
  await look(officer, 'Case, Working papers, dark');
  await button(officer.window, 'Light').click();
  const parts = officer.window.getByRole('list', { name: 'Parts of this case' }).getByRole('button');
  for (const part of (await parts.allTextContents()).slice(1)) {
    await parts.filter({ hasText: part }).click();
    await expect(parts.filter({ hasText: part })).toHaveAttribute('aria-current', 'page');
    await look(officer, part);
  }
  await parts.first().click();
  await officer.showTab('Case file');
  await look(officer, 'Case file, none yet');
  await officer.showTab('Working papers');
  await button(officer.window, 'Release').click();
  await expect(dialog(officer.window, 'Release')).toContainText('newly see');
  await look(officer, 'Release');
  await pressRelease(dialog(officer.window, 'Release'));
  await expect(officer.fileRow(LONG_FILE)).toContainText('Delivered');
  await look(officer, 'Case, delivered');
  await button(officer.window, 'Show package').click();
  await look(officer, 'Package');
  await button(officer.fileRow(LONG_FILE, FILES), /^Receipts/).click();
  await button(dialog(officer.window, 'File'), 'Show proof').first().click();
  await expect(dialog(officer.window, 'File')).toContainText('Verified just now');
  await look(officer, 'File details with proof');
  await button(dialog(officer.window, 'File'), 'Close').click();
  await button(officer.window, 'Withdraw').click();
  await look(officer, 'Withdraw');
  await button(officer.window, 'Cancel').click();
  await officer.goTo('Cases');
  await look(officer, 'Cases');

  await prosecutor.openInbox(LONG);
  await look(prosecutor, 'Inbox');
  await button(prosecutor.window, 'Dark').click();
  await look(prosecutor, 'Inbox, dark');
  for (const name of [
    'Custody record.pdf',
    'Rear window.png',
    'Statement of Agnes Holt.txt',
    'CCTV Church Lane 21.40 to 22.10.mkv',
    LONG_FILE,
  ]) {
    const viewer = await prosecutor.open(name);
    await expect(viewer).toContainText(/Opening is recorded|not shown inside Joinder/);
    await look(prosecutor, `Viewer of ${name}`);
    await closeViewer(viewer);
  }
  await button(prosecutor.window, 'Return').click();
  await look(prosecutor, 'Return');
  await button(prosecutor.window, 'Cancel').click();
  await prosecutor.returnPackage('The statement is not signed, and the exhibit is not the one that it speaks of.');
  await officer.goTo('Needs me');
  await expect(officer.window.getByRole('row', { name: LONG })).toContainText('Returned by');
  await look(officer, 'Needs me');
  await prosecutor.goTo('Measures');
  await look(prosecutor, 'Measures');
  await prosecutor.openCase(LONG, 'Case file');
  await look(prosecutor, 'Case file');
  await prosecutor.lock();
  await look(prosecutor, 'Unlock');
  expect(found).toEqual({});
});
