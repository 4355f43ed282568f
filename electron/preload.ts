/**
 * The bridge between a page and the main process: owns the few calls that a page may make, as `window.joinder`. Never hands
 * a page an Electron or Node object; main checks sender and arguments of every call again.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { JoinderApi } from '../shared/ipc/preload.ts';

const ask = (channel: string, ...args: readonly unknown[]): Promise<never> =>
  ipcRenderer.invoke(channel, ...args) as Promise<never>;

function hear<T>(channel: string, heard: (value: T) => void): () => void {
  const listener = (_event: unknown, value: T): void => heard(value);
  ipcRenderer.on(channel, listener);
  return () => void ipcRenderer.removeListener(channel, listener);
}

/** Where a dropped file lies; empty for one that a page made up. Electron before 29 says it on the file itself. */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return '';
  const utils: Partial<typeof webUtils> | undefined = webUtils;
  return utils?.getPathForFile?.(file) ?? (file as File & { readonly path?: string }).path ?? '';
}

const argument = (name: string): string =>
  process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';

let clockShift = Number(argument('joinder-clock'));
hear<number>('clock', (shift) => (clockShift = shift));

const api: JoinderApi = {
  version: argument('joinder-version'),
  platform: process.platform,
  clockShift: () => clockShift,
  profile: () => ask('profile'),
  onProfile: (changed) => hear('profile changed', changed),
  lookUp: (relay, code) => ask('look up', relay, code),
  findSignIn: (relay, code) => ask('find sign-in', relay, code),
  signIn: () => ask('sign in'),
  openBrowserAgain: () => ask('open browser again'),
  cancelSignIn: () => ask('cancel sign-in'),
  enrol: (passphrase, deviceName) => ask('enrol', passphrase, deviceName),
  stopEnrolling: () => ask('stop enrolling'),
  unlock: (passphrase) => ask('unlock', passphrase),
  lock: () => ask('lock'),
  leftHere: () => ask('left here'),
  beginAnew: (losing) => ask('begin anew', losing),
  chooseLeaseFile: () => ask('choose lease file'),
  connect: () => ask('connect'),
  reopenStore: () => ask('reopen store'),
  chooseFiles: (what) => ask('choose files', what),
  takeDropped: (files) =>
    ask(
      'take dropped',
      files.map(pathOf).filter((path) => path !== ''),
    ),
  chooseSave: (name) => ask('choose save', name),
  saveText: (name, text) => ask('save text', name, text),
  chooseExportFolder: () => ask('choose export folder'),
  onQuitAsked: (asked) => hear('quit asked', asked),
  quitAnyway: () => ask('quit anyway'),
  stay: () => ask('stay'),
  newWindow: () => ask('new window'),
  copy: (text) => ask('copy', text),
};

contextBridge.exposeInMainWorld('joinder', api);

ipcRenderer.on('ports', (event) => window.postMessage({ joinder: 'ports' }, window.location.origin, event.ports));
