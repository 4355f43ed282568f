/**
 * How each part is given each fault. Real wherever this machine lets it be: signals, limits of the operating system, a full
 * file system, turned bits in files and on the wire. The one stand-in is a disk that is dead, hangs or is slow.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Cell, Fault, Part } from './cells.ts';
import type { Play } from './play.ts';
import { handlesOf, mayTakeHandles, slowDown } from './processes.ts';
import type { Stage } from './stage.ts';
import { SMALL_DISK } from './stage.ts';
import { mayMount } from './smallDisk.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { until } from './wait.ts';

export interface Trouble {
  begin(): void | Promise<void>;
  /** The cause is gone; what it did is still there. */
  end(): void | Promise<void>;
  /** Whether it stays until the step is whole. */
  readonly lasts: 'a while' | 'to the end';
  /** It is made before the step, which comes upon it in its middle. */
  readonly isAhead?: boolean;
}

/** What is done, for the table. `injected`: it is a stand-in. */
export const DONE_BY: Readonly<Record<Part, Readonly<Partial<Record<Fault, string>>>>> = {
  application: {
    killed: 'SIGKILL to the evidence process, then started again',
    stalled: 'SIGSTOP for longer than either side waits, then SIGCONT',
    slow: 'it runs a quarter of the time (SIGSTOP and SIGCONT)',
    corrupting: 'power cut: killed, and the end of what it was writing is zeros',
    full: 'it can open no more files (RLIMIT_NOFILE)',
  },
  relay: {
    killed: 'SIGKILL to the relay, then started again on its data',
    stalled: 'SIGSTOP for longer than the application waits, then SIGCONT',
    slow: 'it runs a quarter of the time (SIGSTOP and SIGCONT)',
    corrupting: 'one bit turned in every chunk on its disk',
    full: 'its file system gets full, then has room again',
  },
  network: {
    killed: 'every connection reset and new ones refused, then taken',
    stalled: 'connections stay open and nothing moves, then it does',
    slow: '4 MiB a second',
    corrupting: 'one bit turned on the wire',
  },
  disk: {
    killed: 'injected: every call answers EIO, then the disk is back',
    stalled: 'injected: no call answers, then all do',
    slow: 'injected: every call takes 8 ms more',
    corrupting: 'one bit turned in every sealed file that was written',
    full: 'its file system gets full (or is, where the step writes nothing), then has room again',
  },
};

/** Why this machine cannot play a cell; null: it can. */
export function whyNotHere({ part, fault }: Cell): string | null {
  if (fault !== 'full') return process.platform === 'win32' ? 'This system has no signals.' : null;
  if (part === 'application')
    return mayTakeHandles() ? null : 'This system has no limit of open files that can be set from outside.';
  return mayMount() ? null : 'This account may not mount a small disk.';
}

export function troubleFor(cell: Cell, stage: Stage, play: Play): Trouble {
  const make = TROUBLES[cell.part][cell.fault];
  if (make === undefined) throw new Error('no such cell');
  return make(stage, play, cell);
}

type Make = (stage: Stage, play: Play, cell: Cell) => Trouble;
const stop = (pid: number): Trouble => ({
  begin: () => void process.kill(pid, 'SIGSTOP'),
  end: () => void process.kill(pid, 'SIGCONT'),
  lasts: 'a while',
});
function slow(pid: number): Trouble {
  let over = (): void => {};
  return { begin: () => void (over = slowDown(pid)), end: () => over(), lasts: 'to the end' };
}
const once = (begin: () => void | Promise<void>): Trouble => ({ begin, end: () => {}, lasts: 'a while' });
/** Room for the first part of what the step writes there, and no more. */
const full: Make = ({ small }, _, { part, step }) => ({
  begin: () => small?.fill(step === 'upload' ? (part === 'relay' ? ROOM + KEPT_FREE : 0) : ROOM),
  end: () => small?.free(),
  lasts: 'a while',
  isAhead: true,
});
const ROOM = 3 * MiB;
/** Of its disk a relay keeps a twentieth for its log. */
const KEPT_FREE = (SMALL_DISK * MiB) / 20;
const restart = async (play: Play): Promise<void> => {
  await play.side.start();
  await play.goOn();
};
/** Of a bundle the disk is the stick. */
const disk =
  (state: 'dead' | 'hanging' | 'slow'): Make =>
  ({ stick }, { side }, { step }) => {
    const folder = step === 'bundle' ? stick : side.options.folder;
    side.setDisk('well', folder); // what is opened from now on can fail
    return {
      begin: () => side.setDisk(state, folder),
      end: () => side.setDisk('well', folder),
      lasts: state === 'slow' ? 'to the end' : 'a while',
    };
  };

const TROUBLES: Readonly<Record<Part, Readonly<Partial<Record<Fault, Make>>>>> = {
  application: {
    killed: (_, play) => ({ begin: () => play.side.kill(), end: () => restart(play), lasts: 'a while' }),
    stalled: (_, { side }) => stop(side.life.pid),
    slow: (_, { side }) => slow(side.life.pid),
    corrupting: ({ stick }, play) => ({
      begin: async () => {
        await play.side.kill();
        tearEnds(play.side.options.folder, stick);
      },
      end: () => restart(play),
      lasts: 'a while',
    }),
    full: (_, { side }) => {
      const { take, giveBack } = handlesOf(side.life.pid);
      return { begin: take, end: giveBack, lasts: 'a while' };
    },
  },
  relay: {
    killed: ({ world }) => ({ begin: () => world.relay.kill(), end: () => world.restart('kill'), lasts: 'a while' }),
    stalled: ({ world }) => stop(world.relay.pid),
    slow: ({ world }) => slow(world.relay.pid),
    corrupting: ({ world }, play, { step }) =>
      once(() => turnBitOf(path.join(world.relay.data, step === 'upload' ? 'partial' : 'chunks'), play)),
    full,
  },
  network: {
    killed: ({ proxy }) => ({ begin: () => proxy.refuse(true), end: () => proxy.refuse(false), lasts: 'a while' }),
    stalled: ({ proxy }) => ({ begin: () => proxy.stall(true), end: () => proxy.stall(false), lasts: 'a while' }),
    slow: ({ proxy }) => ({ begin: () => proxy.slow(4 * 2 ** 20), end: () => proxy.slow(null), lasts: 'to the end' }),
    corrupting: ({ proxy }, _, { step }) =>
      once(() => void proxy.flipAfter(step === 'upload' ? 'up' : 'down', 300_000)),
  },
  disk: {
    killed: disk('dead'),
    stalled: disk('hanging'),
    slow: disk('slow'),
    corrupting: ({ stick, prosecutor }, play, { step }) => {
      const store = path.join(play.side.options.folder, step === 'download' ? 'partial' : 'chunks');
      const isWritten = step === 'bundle' && play.side === prosecutor;
      return { ...once(() => turnBitOf(step === 'bundle' ? stick : store, play)), isAhead: isWritten };
    },
    full,
  },
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));
}

/** Turns a bit of every file there that has some length; waits until there is one. */
async function turnBitOf(folder: string, play: Play): Promise<void> {
  await until('a file whose bit can be turned', () => {
    if (filesIn(folder).filter(hasTurned).length > 0) return true;
    if (play.standing() === 'whole') throw new Error('it was over before the fault came');
    return false;
  });
}

function hasTurned(file: string): boolean {
  try {
    const { size } = statSync(file);
    if (size < 5000) return false;
    const handle = openSync(file, 'r+');
    const at = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, at);
    writeSync(handle, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
    closeSync(handle);
    return true;
  } catch {
    return false; // it has its name by now
  }
}

/** What a power cut leaves of files whose last bytes had not reached the disk. */
function tearEnds(store: string, stick: string): void {
  const begun = filesIn(stick).filter((file) => file.endsWith('.part'));
  for (const file of ['temp', 'partial'].flatMap((name) => filesIn(path.join(store, name))).concat(begun)) {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, Math.floor(bytes.length / 2)));
  }
}
