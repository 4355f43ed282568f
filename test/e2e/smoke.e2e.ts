/**
 * The first proof that the whole runs: two computers side by side, each with a profile of its own.
 */
import { expect, test } from './launch.ts';

test('two computers open the application, each in its own profile', async ({ launch }) => {
  const [officer, prosecutor] = await Promise.all([launch(), launch()]);

  for (const { app, window, profile } of [officer, prosecutor]) {
    await expect(window).toHaveTitle('Joinder');
    await expect(window.getByRole('heading', { name: 'Enrol this computer' })).toBeVisible();
    expect(window.url()).toBe('app://joinder/index.html');
    expect(await app.evaluate((electron) => electron.app.getPath('userData'))).toBe(profile);
  }
  expect(officer.profile).not.toBe(prosecutor.profile);
});
