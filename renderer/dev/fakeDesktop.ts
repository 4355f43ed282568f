/**
 * FAKE. Stands for main and its preload script while screens are looked at: keeps no key, reads no file.
 */
import type { JoinderApi, ProfileState } from '../../shared/ipc/preload.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { portOf } from '../worker/port.ts';
import { fakeEvidence, fakeWorker } from './fakeWorker.ts';

const LOCKED: Extract<ProfileState, { is: 'locked' }> = {
  is: 'locked',
  person: 'Priya Nair',
  org: 'Northmere Police',
  why: 'idle',
  waitUntil: null,
  copies: null,
  keyStore: 'none',
};
const OPEN: ProfileState = { is: 'open', person: 'Priya Nair', org: 'Northmere Police', lease: null };

export function fakeDesktop(as: string): JoinderApi {
  let state: ProfileState = as === 'new' ? { is: 'new' } : as === 'locked' ? LOCKED : OPEN;
  const listeners = new Set<(state: ProfileState) => void>();
  const become = (next: ProfileState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  let wrong = 0;
  const refuse: (() => void)[] = [];
  return {
    version: 'fake',
    platform: 'linux',
    clockShift: () => 0,
    profile: async () => state,
    onProfile: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    lookUp: async (relay, code) =>
      code.startsWith('X')
        ? fail('expired')
        : ok({
            person: 'Priya Nair',
            org: 'Northmere Police',
            posts: [{ title: 'Investigator', unit: 'CID Harbour Street' }],
            fingerprint: '7f3a91c0d25e88b4602c9a1be7d4f5063c',
            relay,
          }),
    findSignIn: async (_relay, code) =>
      code.startsWith('X')
        ? fail('no sign-in')
        : ok({ org: 'Northmere Police', fingerprint: '7f3a91c0d25e88b4602c', host: 'login.northmere.example' }),
    signIn: () => new Promise((resolve) => refuse.push(() => resolve(fail({ cause: 'cancelled', day: null })))),
    openBrowserAgain: async () => undefined,
    cancelSignIn: async () => refuse.pop()?.(),
    enrol: async () => {
      become(OPEN);
      return ok(null);
    },
    stopEnrolling: async () => undefined,
    unlock: async (passphrase) => {
      if (passphrase !== 'wrong') {
        become(OPEN);
        return ok(null);
      }
      wrong++;
      become({ ...LOCKED, waitUntil: Date.now() + 2000 * wrong });
      return fail('wrong passphrase');
    },
    lock: async () => become({ ...LOCKED, why: 'asked' }),
    chooseLeaseFile: async () => ok(true),
    leftHere: async () => ok({ written: 'not sent', most: 12, files: true }),
    beginAnew: async () => ok(null),
    connect: async () => bringPorts(as),
    reopenStore: async () => bringPorts('officer'),
    chooseFiles: async () => ['token'],
    takeDropped: async () => ['token'],
    chooseSave: async () => 'token',
    saveText: async () => ok(true),
    chooseExportFolder: async () => 'token',
    onQuitAsked: (ask) => {
      if (as === 'quit')
        setTimeout(
          () =>
            ask({
              files: 3,
              bytes: 3_412_000_000,
              edits: 2,
              sentences: ['CCTV Harbour Street 22 Nov camera 4.mp4: 42 % sent', 'Two edits in R v Hale'],
            }),
          300,
        );
      return () => undefined;
    },
    quitAnyway: async () => undefined,
    stay: async () => undefined,
    newWindow: async () => undefined,
    copy: async () => undefined,
  };
}

function bringPorts(as: string): void {
  const toWorker = new MessageChannel();
  const toEvidence = new MessageChannel();
  fakeWorker(as, portOf(toWorker.port2));
  connectPeer(portOf(toEvidence.port2), fakeEvidence());
  window.postMessage({ joinder: 'ports' }, window.location.origin, [toWorker.port1, toEvidence.port1]);
}
