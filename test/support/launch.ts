/**
 * Starts the built application as a person does, in a profile of its own. Two calls are two computers. Owns the few answers
 * that nobody can click: those of the operating system's dialogs, which a screen without a person cannot show.
 */
import type { ChildProcess } from 'node:child_process';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import { PATIENCE, within } from './within.ts';
import { appFolder, electronArgs, electronPath } from '../setup/electron-path.mjs';

export interface Computer {
  readonly app: ElectronApplication;
  readonly child: ChildProcess;
  readonly window: Page;
  readonly profile: string;
  /** What the application and Chromium wrote to their terminal. */
  readonly said: () => string;
}

export interface LaunchOptions {
  readonly profile: string;
  readonly args?: readonly string[] | undefined;
  readonly env?: Record<string, string> | undefined;
  /** The application's folder; default: what `npm run build` built. */
  readonly application?: string | undefined;
  /** Another Electron than the one that was set up. */
  readonly program?: string | undefined;
}

const STARTS = 15_000;

/**
 * Playwright's hold on an Electron that starts now and then never comes about on a busy machine (one start in some hundreds;
 * not explained): that one is ended, said so, and started once more.
 */
export async function launchComputer(options: LaunchOptions): Promise<Computer> {
  try {
    return await startComputer(options);
  } catch (error) {
    console.warn(`an application was started once more: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
    return startComputer(options);
  }
}

async function startComputer({
  profile,
  args = [],
  env,
  application = appFolder,
  program = electronPath(),
}: LaunchOptions): Promise<Computer> {
  const app = await _electron.launch({
    executablePath: program,
    args: [...electronArgs(), application, `--user-data-dir=${profile}`, ...args],
    env: { ...inherited(), ...env },
    timeout: STARTS,
  });
  // Asked for now: once the application has ended, Playwright knows it no more.
  const child = app.process();
  let said = '';
  child.stdout?.on('data', (data) => (said += String(data)));
  child.stderr?.on('data', (data) => (said += String(data)));
  const window = await app.firstWindow({ timeout: STARTS }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  window.setDefaultTimeout(PATIENCE); // what cannot be clicked is named
  return { app, child, window, profile, said: () => said };
}

/** The next file dialog is answered with these paths. */
export async function answerOpen({ app }: Computer, paths: readonly string[]): Promise<void> {
  const asked = app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    },
    [...paths],
  );
  await within('an answer to the next file dialog', asked);
}

/** The next save dialog is answered with this path. */
export async function answerSave({ app }: Computer, filePath: string): Promise<void> {
  const asked = app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { defaultPath?: string };
      Object.assign(globalThis, { offeredName: defaultPath });
      return Promise.resolve({ canceled: false, filePath: chosen });
    };
  }, filePath);
  await within('an answer to the next save dialog', asked);
}

/** What the last save dialog offered as a name. */
export const offeredName = ({ app }: Computer): Promise<string> =>
  within(
    'the name that was offered',
    app.evaluate(() => String((globalThis as { offeredName?: string }).offeredName)),
  );

/** As a power cut does: nothing is told, nothing is flushed. Resolves when the process is gone. */
export async function killComputer({ child }: Computer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await within('the end of a killed application', gone);
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
