/** For tests only: a TCP proxy between client and relay that cuts, holds or lets through, and counts bytes both ways. */
import net from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly url: string;
  up: number;
  down: number;
  /** Bytes, both ways together, after which every connection is cut; asked again after each cut. Null: never. */
  cutAfter: (() => number) | null;
  cuts: number;
  /** Refuses new connections. */
  refuse: boolean;
  /** Takes connections and moves nothing. */
  hold: boolean;
  cutNow(): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<() => void>();
  let left = Number.POSITIVE_INFINITY;
  const server = net.createServer((client) => {
    if (proxy.refuse) return void client.resetAndDestroy();
    if (left === Number.POSITIVE_INFINITY && proxy.cutAfter !== null) left = proxy.cutAfter();
    const relay = net.connect(Number(port), hostname);
    const cut = (): void => {
      client.resetAndDestroy();
      relay.destroy();
      pairs.delete(cut);
    };
    pairs.add(cut);
    const pass = (from: net.Socket, to: net.Socket, count: (bytes: number) => void): void => {
      from.on('data', (piece) => {
        if (proxy.hold) return;
        const part = piece.subarray(0, Math.max(0, left));
        left -= piece.length;
        count(part.length);
        if (left > 0) {
          if (!to.write(part)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
          return;
        }
        // What fits before the cut still arrives.
        to.end(part, () => cutAll());
      });
      from.on('error', cut).on('close', cut);
    };
    pass(client, relay, (bytes) => (proxy.up += bytes));
    pass(relay, client, (bytes) => (proxy.down += bytes));
  });
  const cutAll = (): void => {
    if (pairs.size > 0) proxy.cuts++;
    left = proxy.cutAfter === null ? Number.POSITIVE_INFINITY : proxy.cutAfter();
    for (const cut of Array.from(pairs)) cut();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    up: 0,
    down: 0,
    cutAfter: null,
    cuts: 0,
    refuse: false,
    hold: false,
    cutNow: cutAll,
    close: async () => {
      for (const cut of Array.from(pairs)) cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
