/**
 * The main process: the order in which the application starts and ends, and nothing else. Promises one process per profile
 * and that what said "Saved" is on disk when it ends. Never reads case content.
 */
import { platform } from './platform.ts';
import { TEST_CLOCK } from '../shared/primitives/testClock.ts';
import { SECOND } from '../shared/primitives/units.ts';
import { app, ipcMain, session, shell } from 'electron';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { onClock, takeTestClock } from './clock.ts';
import { netFetch } from './enrol/netFetch.ts';
import { answerApi } from './ipc/api.ts';
import { gate } from './ipc/handle.ts';
import { brokerAt } from './processes/broker.ts';
import { syncSession } from './processes/syncPage.ts';
import { within } from './processes/within.ts';
import { attention, idleLimit, lockWhenAway } from './profile/idle.ts';
import { power } from './profile/power.ts';
import { profileAt } from './profile/profile.ts';
import { quitBy } from './profile/quit.ts';
import { osKeyStore } from './vault/osKeyStore.ts';
import { HARDNESS } from './vault/passphrase.ts';
import { isOwnPage, pagesFrom } from './windows/addresses.ts';
import { registerAppScheme, serveApp } from './windows/appProtocol.ts';
import { hardenSession } from './windows/hardening.ts';
import { setMenu } from './windows/menu.ts';
import { policyFor } from './windows/policy.ts';
import { shellOf } from './windows/notices.ts';
import { uiWindows } from './windows/uiWindows.ts';

const OTHER_HAS_IT =
  'Joinder is open already with this profile: its window has been brought to the front. For another person, start it with --user-data-dir=FOLDER.\n';
const LOOK_AT_LEASE = 15 * SECOND;
const preloads = path.join(__dirname, '../preload');
const pages = pagesFrom(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']);

takeTestClock(app.isPackaged, process.env[TEST_CLOCK]);
registerAppScheme();
// Dates in the pages are written as in Britain, whatever the computer's own language.
app.commandLine.appendSwitch('lang', 'en-GB');
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else process.stderr.write(OTHER_HAS_IT, () => app.exit(3));

async function start(): Promise<void> {
  const data = app.getPath('userData');
  const net = netFetch();
  const broker = brokerAt({
    pages,
    syncPreload: path.join(preloads, 'sync.cjs'),
    evidenceScript: path.join(__dirname, 'evidence.cjs'),
    evidenceFolder: path.join(data, 'evidence'),
    shell: shellOf(() => windows.front()),
  });
  const profile = profileAt({
    folder: path.join(data, 'profile'),
    evidence: path.join(data, 'evidence'),
    platform,
    keyStore: await osKeyStore(),
    hardness: HARDNESS,
    fetch: net.fetch,
    failedByAddress: net.failedByAddress,
    openBrowser: (url) => shell.openExternal(url),
    opened: async (open) => broker.start(open),
    closing: () => broker.stop(),
    changed: (state) => windows.send('profile changed', state),
    eraseStores: async () => {
      await syncSession().clearStorageData();
      await rm(path.join(data, 'evidence'), { recursive: true, force: true });
    },
  });
  const quit = quitBy({
    unsent: () => broker.unsent(),
    ask: (unsent) => {
      const window = windows.front();
      window?.show();
      window?.focus();
      window?.webContents.send('quit asked', unsent);
      return window !== null;
    },
    close: () => within(8 * SECOND, profile.lock('start')),
    end: () => app.quit(),
  });
  const watch = attention(idleLimit(process.env['JOINDER_IDLE_MINUTES']), Date.now);
  const windows = uiWindows({
    pages,
    preload: path.join(preloads, 'preload.cjs'),
    session: session.defaultSession,
    version: app.getVersion(),
    stateFile: path.join(data, 'window.json'),
    mayCloseLast: () => quit.mayGo(),
    touched: () => watch.touched(),
  });

  const relay = (): string | null => profile.session()?.relay ?? null;
  const root = path.join(__dirname, '../renderer');
  hardenSession(session.defaultSession, pages, () => null);
  serveApp(session.defaultSession, root, () => policyFor(null));
  hardenSession(syncSession(), pages, relay);
  serveApp(syncSession(), root, () => policyFor(relay()));

  answerApi(
    gate(
      ipcMain,
      (contents) => windows.of(contents),
      (address) => isOwnPage(pages, address),
    ),
    { profile, broker, quit, newWindow: () => void windows.open() },
  );
  setMenu({
    newWindow: () => void windows.open(),
    lock: () => void profile.lock('asked'),
    isDevelopment: pages.isDevelopment,
  });
  lockWhenAway(power, watch, (why) => void profile.lock(why));

  app.on('second-instance', () => {
    const window = windows.front() ?? windows.open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('before-quit', (event) => {
    if (!quit.mayGo()) event.preventDefault();
  });
  app.on('window-all-closed', () => quit.now());
  // After `ready`: Electron puts handlers of its own in place before, which would ask.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quit.now());
  onClock((shift) => {
    windows.send('clock', shift);
    void profile.lookAtLease();
  });
  setInterval(() => void profile.lookAtLease(), LOOK_AT_LEASE).unref();
  windows.open();
  void profile.lookAtLease();
}
