/**
 * The first half of the story: two computers are enrolled, and an officer with no network makes a case, adds evidence and
 * releases it.
 */
import { button, dialog, region } from '../e2e/find.ts';
import type { Skipped, Stage } from './stage.ts';
import { MINUTES, POST, TITLE } from './stage.ts';

export async function enrolBoth({ officer, prosecutor, cables, servers, record }: Stage): Promise<void> {
  await officer.lookUp(cables.officer.url, await servers.newCode('officer'));
  await officer.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await record.step('officer', officer.window, 'looked up who this computer will belong to');
  await officer.confirm();
  await Promise.all([officer.opened(), prosecutor.enrol(cables.prosecutor.url, await servers.newCode('prosecutor'))]);
  await record.step('officer', officer.window, 'enrolled');
  await record.step('prosecutor', prosecutor.window, 'enrolled');
}

export async function buildOffLine({ officer, cables, record, input }: Stage): Promise<void> {
  cables.officer.refuse(true);
  await officer
    .statusBar()
    .getByText(/^Offline/)
    .waitFor();
  await officer.newCase({
    title: TITLE,
    suspect: 'Colin Ashdown',
    offence: 'Burglary of a dwelling',
    witness: 'Agnes Holt',
  });
  await officer.write(
    `The suspect was seen at the wall of 4 Church Lane. A witness remembers it well: ${input.marker}. Two exhibits show the way in.`,
  );
  await officer.whenSaved();
  await record.step('officer', officer.window, 'made a case and wrote its summary with no network');
}

export async function addEvidence({ officer, record, input }: Stage): Promise<readonly Skipped[]> {
  const { window } = officer;
  if (input.folder === null) await officer.addFiles(input.files.map((file) => file.path));
  else await officer.addFolder(input.folder);
  const adding = region(window, 'Adding files');
  const done = adding.getByText(/ added$/);
  await Promise.race([
    done.waitFor({ timeout: 30 * MINUTES }),
    adding.waitFor().then(() => adding.waitFor({ state: 'detached', timeout: 30 * MINUTES })),
  ]);
  const problems = (await adding.count()) === 0 ? [] : await readProblems(adding);
  await record.step('officer', window, 'added the evidence');
  return problems;
}

async function readProblems(adding: ReturnType<typeof region>): Promise<readonly Skipped[]> {
  const items = await adding.getByRole('listitem').all();
  return Promise.all(
    items.map(async (item) => {
      // As it is written, every space in a name included.
      const name = (await item.locator('strong').textContent()) ?? '';
      return { name, why: ((await item.textContent()) ?? '').slice(name.length).trim() };
    }),
  );
}

export async function releaseOffLine({ officer, record }: Stage): Promise<void> {
  await button(officer.window, 'Release').click();
  const asked = dialog(officer.window, 'Release');
  await asked.getByText(/newly see/).waitFor();
  await record.step('officer', officer.window, 'looked at what will be seen before releasing');
  await button(asked, 'Cancel').click();
  await officer.release({ to: POST, purpose: 'Charging decision' });
  await record.step('officer', officer.window, 'released the evidence, still with no network');
}
