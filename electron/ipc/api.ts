/**
 * Main's answers to `window.joinder` (`shared/ipc/preload.ts`), each behind the gate. Owns the dialogs and the clipboard;
 * case content never passes here.
 */
import { clipboard, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import path from 'node:path';
import { z } from 'zod';
import type { Broker } from '../processes/broker.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { readShort } from '../disk/readShort.ts';
import { writeWhole } from '../disk/writeWhole.ts';
import type { Profile } from '../profile/profile.ts';
import type { Quit } from '../profile/quit.ts';
import type { Gate } from './handle.ts';
import { safeName } from '../../shared/primitives/fileName.ts';

export interface ApiPlace {
  readonly profile: Profile;
  readonly broker: Broker;
  readonly quit: Quit;
  newWindow(): void;
}

const passphrase = z.string().min(1).max(1024);
/** Characters of a text that is saved: a table of many years is far below. */
const MOST_TEXT = 10_000_000;
/** Bytes of a lease file: one that names every computer of the largest organisation is below. */
const MOST_LEASE_FILE = 4_000_000;
const none = z.tuple([]);
const DIALOGS = { file: ['openFile'], files: ['openFile', 'multiSelections'], folder: ['openDirectory'] } as const;

export function answerApi({ handle }: Gate<BrowserWindow>, at: ApiPlace): void {
  const { profile, broker, quit } = at;
  handle('profile', none, () => profile.state());
  handle('look up', z.tuple([z.string().max(2048), z.string().max(256)]), (_w, relay, code) =>
    profile.lookUp(relay, code),
  );
  handle('find sign-in', z.tuple([z.string().max(2048), z.string().max(256)]), (_w, relay, code) =>
    profile.findSignIn(relay, code),
  );
  handle('sign in', none, () => profile.signIn());
  handle('open browser again', none, () => profile.openBrowserAgain());
  handle('cancel sign-in', none, async () => profile.cancelSignIn());
  handle('enrol', z.tuple([passphrase, z.string().min(1).max(100)]), (_w, words, name) => profile.enrol(words, name));
  handle('stop enrolling', none, async () => profile.stopEnrolling());
  handle('unlock', z.tuple([passphrase]), (_w, words) => profile.unlock(words));
  handle('lock', none, () => profile.lock('asked'));
  handle('left here', none, () => profile.leftHere());
  handle('begin anew', z.tuple([z.boolean()]), (_w, losing) => profile.beginAnew(losing));
  handle('choose lease file', none, async (window) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'] });
    const [file] = filePaths;
    if (canceled || file === undefined) return ok(false);
    const text = await readShort(file, MOST_LEASE_FILE);
    if (text === null) return fail('no lease');
    const kept = await profile.keepLeaseFile(text);
    return kept.ok ? ok(true) : kept;
  });
  handle('connect', none, async (window) => {
    if (!broker.connect(window.webContents)) throw new Error('locked');
  });
  handle('reopen store', none, async () => broker.reopenStore());
  handle('choose files', z.tuple([z.enum(['file', 'files', 'folder'])]), async (window, what) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: [...DIALOGS[what]] });
    return canceled ? [] : Promise.all(filePaths.map((chosen) => broker.offer(chosen, 'read')));
  });
  handle('take dropped', z.tuple([z.array(z.string().max(32_767)).max(10_000)]), (_w, dropped) =>
    Promise.all(dropped.filter((p) => path.isAbsolute(p)).map((p) => broker.offer(p, 'read'))),
  );
  handle('choose save', z.tuple([z.string().max(1024)]), async (window, name) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: safeName(name) });
    return canceled || !filePath ? null : broker.offer(filePath, 'write');
  });
  handle('save text', z.tuple([z.string().max(1024), z.string().max(MOST_TEXT)]), async (window, name, text) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: safeName(name) });
    if (canceled || !filePath) return ok(false);
    const written = await writeWhole(filePath, new TextEncoder().encode(text));
    return written.ok ? ok(true) : written;
  });
  handle('choose export folder', none, async (window) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    return canceled || folder === undefined ? null : broker.offer(folder, 'folder');
  });
  handle('quit anyway', none, async () => quit.anyway());
  handle('stay', none, async () => quit.stay());
  handle('new window', none, async () => at.newWindow());
  handle('copy', z.tuple([z.string().max(1_000_000)]), async (_w, text) => clipboard.writeText(text));
}
