import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { openDatabase, storeCause } from './opening.ts';

const NAME = 'joinder-test';
let lost: number;

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  lost = 0;
});

const open = (): Promise<Database> => openDatabase(NAME, () => void lost++);
const causeOf = (opening: Promise<unknown>): Promise<string> => opening.then(() => 'opened', storeCause);

/** What Chromium answers to every opening. */
function refuse(name: string): void {
  const factory = new IDBFactory();
  Dexie.dependencies.indexedDB = Object.assign(Object.create(factory) as IDBFactory, {
    databases: () => factory.databases(),
    open: () => {
      const request = {
        error: new DOMException('the machine says why', name),
        onerror: null as ((e: object) => void) | null,
      };
      queueMicrotask(() => request.onerror?.({ target: request, preventDefault() {}, stopPropagation() {} }));
      return request;
    },
  });
}

describe('a store that does not open', () => {
  it.each([
    ['QuotaExceededError', 'disk full'],
    ['UnknownError', 'damaged'],
    ['InvalidStateError', 'damaged'],
    ['AbortError', 'damaged'],
  ])('%s: %s', async (name, cause) => {
    refuse(name);
    expect(await causeOf(open())).toBe(cause);
  });

  it('a list of stores that cannot be read is damage as well', async () => {
    Object.assign(Dexie.dependencies.indexedDB, {
      databases: () => Promise.reject(new DOMException('Internal error', 'UnknownError')),
    });
    expect(await causeOf(open())).toBe('damaged');
  });

  it('what no browser says is a fault of ours', () => {
    expect(storeCause(new Error('the profile holds no card'))).toBe('fault');
    expect(storeCause('text')).toBe('fault');
    expect(storeCause(null)).toBe('fault');
  });

  it('is left alone, row for row, where a newer version made it', async () => {
    const newer = new Dexie(NAME);
    newer.version(99).stores({ log: '[area+n]', later: 'id' });
    await newer.table('later').add({ id: 1, says: 'what this version does not know' });
    newer.close();
    const before = await Dexie.dependencies.indexedDB.databases();
    expect(await causeOf(open())).toBe('newer');
    expect(await Dexie.dependencies.indexedDB.databases()).toEqual(before);
    expect(await newer.open().then(() => newer.table('later').toArray())).toHaveLength(1);
    newer.close();
  });
});

it('opens its own again, also after Dexie mended its shape', async () => {
  (await open()).end();
  const db = await open();
  expect(await db.outbox.count()).toBe(0);
  db.end();
  expect(lost).toBe(0);
});

it('taken away by the browser, it is told once and does not open again by itself', async () => {
  const db = await open();
  const native = db.backendDB();
  native.onclose?.call(native, new Event('close'));
  expect(lost).toBe(1);
  expect(await causeOf(Promise.resolve(db.outbox.count()))).toBe('damaged');
  db.end();
  expect(lost).toBe(1);
});
