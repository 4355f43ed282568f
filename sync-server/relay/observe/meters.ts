/**
 * What the relay counts while it runs, for `/metrics`. Labels are words of closed lists (causes, routes, directions): never
 * an id, a name or an address. Counting never fails and is never waited for.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function makeMeters() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name, help, labelNames, registers });

  return {
    registry,
    entries: counter('joinder_entries_total', 'Entries made durable.'),
    entryBytes: counter('joinder_entry_bytes_total', 'Bytes of entries made durable.'),
    deliveries: counter('joinder_pushes_total', 'News of an area sent to a link.'),
    dropped: counter('joinder_pushes_dropped_total', 'News not sent, because the link was slow; it pulls later.'),
    declined: counter('joinder_entries_declined_total', 'Entries not taken, by the word that was answered.', ['cause']),
    refused: counter('joinder_links_refused_total', 'Links not let in, by the word that was answered.', ['cause']),
    chunks: counter('joinder_chunk_requests_total', 'Requests for chunks.', ['direction', 'status']),
    chunkBytes: counter('joinder_chunk_bytes_total', 'Bytes of chunks, as announced by requests and answers.', [
      'direction',
    ]),
    commit: new Histogram({
      name: 'joinder_commit_seconds',
      help: 'Time of one transaction, its flush to disk included.',
      buckets: SECONDS,
      registers,
    }),
    request: new Histogram({
      name: 'joinder_http_request_seconds',
      help: 'Time of one HTTP request, by route and class of status.',
      labelNames: ['route', 'status'] as const,
      buckets: SECONDS,
      registers,
    }),
    /** A value that is looked up when somebody asks. */
    gauge(name: string, help: string, look: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await look());
        },
      });
    },
    /** The same, one for each word of a closed list. */
    gaugeBy<L extends string>(
      name: string,
      help: string,
      label: L,
      look: () => Iterable<readonly [string, number]>,
    ): void {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          this.reset();
          for (const [word, value] of look()) this.set({ [label]: word } as Record<L, string>, value);
        },
      });
    },
  };
}
export type Meters = ReturnType<typeof makeMeters>;
