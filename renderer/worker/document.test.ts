import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { ReadCalls } from '../../shared/ipc/evidence.ts';
import type { Peer } from '../../shared/ipc/rpc.ts';
import type { WorkerCalls } from '../../shared/ipc/worker.ts';
import type { AreaId, StreamId } from '../../shared/primitives/ids.ts';
import type { Connection } from './connection.ts';
import { setConnection } from './connection.ts';
import type { OpenDocument } from './document.ts';
import { openDocument } from './document.ts';

const AREA = 'a'.repeat(32) as AreaId;
const STREAM = 'b'.repeat(32) as StreamId;

/** The worker's side of one line: holds the document, says what is saved only when the test does. */
class Server {
  readonly doc: Y.Doc;
  readonly asked: unknown[] = [];
  frames = 0;
  private port: MessagePort | null = null;

  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  readonly line: Connection = {
    evidence: { close: () => undefined } as unknown as Peer<ReadCalls>,
    worker: {
      close: () => undefined,
      tell: (_name: string, data: unknown, transfer: readonly unknown[] = []) => {
        this.asked.push(data);
        this.serve(transfer[0] as MessagePort);
      },
    } as unknown as Peer<WorkerCalls>,
  };

  saveAll(): void {
    this.post((message) => {
      encoding.writeVarUint(message, 100);
      encoding.writeVarUint(message, this.frames);
    });
  }

  close(): void {
    this.port?.close();
  }

  private serve(port: MessagePort): void {
    this.port = port;
    port.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.hear(new Uint8Array(data));
    });
    port.start();
    this.post((hello) => {
      encoding.writeVarUint(hello, 0);
      syncProtocol.writeSyncStep1(hello, this.doc);
    });
  }

  private hear(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarUint(decoder) !== 0) return;
    this.post((answer) => {
      encoding.writeVarUint(answer, 0);
      if (syncProtocol.readSyncMessage(decoder, answer, this.doc, this) !== syncProtocol.messageYjsSyncStep1)
        this.frames++;
    });
  }

  private post(write: (message: encoding.Encoder) => void): void {
    const message = encoding.createEncoder();
    write(message);
    if (encoding.length(message) > 1) this.port?.postMessage(encoding.toUint8Array(message).slice().buffer);
  }
}

describe('a shared document in a window', () => {
  let server: Server;
  let opened: OpenDocument;
  const text = () => opened.doc.getText('t');

  beforeEach(() => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'as the log holds it');
    server = new Server(doc);
    setConnection(server.line);
    opened = openDocument(AREA, STREAM, () => {});
  });
  afterEach(() => {
    opened.close();
    server.close();
    setConnection(null);
  });

  const onLine = () => vi.waitFor(() => expect(opened.saved()).toBe('Saved'));

  test('asks the worker for its area and stream, and holds what the log holds', async () => {
    expect(opened.saved()).toBe('Opening…');
    await onLine();
    expect(server.asked).toEqual([{ area: AREA, stream: STREAM }]);
    expect(text().toJSON()).toBe('as the log holds it');
    expect(opened.synced()).toBe(true);
  });

  test('what is typed is not called saved before the worker says so', async () => {
    await onLine();
    text().insert(0, 'typed ');
    await vi.waitFor(() => expect(server.doc.getText('t').toJSON()).toBe('typed as the log holds it'));
    expect(opened.saved()).toBe('Saving…');
    server.saveAll();
    await onLine();
  });

  test('a deletion alone, which moves no clock, waits like typing: an earlier answer does not cover it', async () => {
    await onLine();
    text().insert(0, 'typed ');
    const before = server.frames;
    await vi.waitFor(() => expect(server.frames).toBe(before + 1));
    server.saveAll();
    text().delete(0, 6);
    const heard = vi.fn<() => void>();
    opened.subscribe(heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    expect(opened.saved()).toBe('Saving…');
    await vi.waitFor(() => expect(server.frames).toBe(before + 2));
    server.saveAll();
    await onLine();
  });

  test('what is typed while the line is gone reaches the next worker, and is saved only then', async () => {
    await onLine();
    setConnection(null);
    text().insert(0, 'meanwhile ');
    expect(opened.saved()).toBe('Saving…');
    const log = new Y.Doc();
    Y.applyUpdate(log, Y.encodeStateAsUpdate(server.doc));
    server.close();
    server = new Server(log);
    setConnection(server.line);
    await vi.waitFor(() => expect(log.getText('t').toJSON()).toBe('meanwhile as the log holds it'), {
      timeout: 10_000,
    });
    expect(opened.saved()).toBe('Saving…');
    server.saveAll();
    await onLine();
  });

  test('each opening has a client id of its own', () => {
    const other = openDocument(AREA, STREAM, () => {});
    expect(other.doc.clientID).not.toBe(opened.doc.clientID);
    other.close();
  });
});
