/**
 * The peers, each a stock server on any free port, which it prints: `y-websocket` is the connection handler of
 * @y/websocket-server with y-leveldb in the folder that YPERSISTENCE names; `hocuspocus` is @hocuspocus/server with its
 * SQLite extension in the folder that is given. Where the extension's driver has no build for this machine, Node's own
 * SQLite runs its statements. A line on stdin is answered with `durable` once everything heard so far is in the store, by the
 * server's own pace.
 */
import { createServer } from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [which, folder] = process.argv.slice(2);
let whenDurable = async () => {};
process.stdin.on('data', () => void whenDurable().then(() => console.log('durable')));
if (which === 'hocuspocus') await serveHocuspocus();
else await serveYWebsocket();

async function serveYWebsocket() {
  const { setupWSConnection, docs, getPersistence } = await import('@y/websocket-server/utils');
  const { WebSocketServer } = await import('ws');
  // Its store works off one thing after the other: what is asked now is answered after all that was put in before.
  whenDurable = async () => {
    for (const room of docs.keys()) await getPersistence().provider.getStateVector(room);
  };
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) =>
    setupWSConnection(socket, request),
  );
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}

async function serveHocuspocus() {
  const { Server } = await import('@hocuspocus/server');
  const { SQLite } = await import('@hocuspocus/extension-sqlite');
  class OnThisMachine extends SQLite {
    async onConfigure() {
      try {
        await super.onConfigure();
      } catch {
        this.db = new DatabaseSync(this.configuration.database);
        this.db.exec(this.configuration.schema);
      }
    }
  }
  const [changed, taken, stored] = [new Map(), new Map(), new Map()];
  const watch = {
    async onChange({ documentName }) {
      changed.set(documentName, (changed.get(documentName) ?? 0) + 1);
    },
    async onStoreDocument({ documentName }) {
      taken.set(documentName, changed.get(documentName));
    },
    async afterStoreDocument({ documentName }) {
      stored.set(documentName, taken.get(documentName));
    },
  };
  whenDurable = async () => {
    while ([...changed].some(([room, n]) => stored.get(room) !== n)) await new Promise((next) => setTimeout(next, 10));
  };
  const server = new Server({
    port: 0,
    address: '127.0.0.1',
    quiet: true,
    extensions: [watch, new OnThisMachine({ database: path.join(folder, 'hocuspocus.sqlite') })],
  });
  await server.listen();
  console.log(`port ${server.address.port}`);
}
