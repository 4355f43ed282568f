/** The peer: the stock connection handler of @y/websocket-server, in memory, on any free port, which it prints. */
import { createServer } from 'node:http';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) =>
  setupWSConnection(socket, request),
);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
