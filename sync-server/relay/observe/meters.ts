/**
 * What the relay counts while it runs, for `/metrics`. Labels are words of closed lists (causes, routes, directions): never
 * an id, a name or an address.
 */
import { makeRegistry } from './exposition.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function makeMeters() {
  const registry = makeRegistry();
  const { counter, histogram } = registry;
  return {
    registry,
    entries: counter('joinder_entries_total', 'Entries made durable.'),
    entryBytes: counter('joinder_entry_bytes_total', 'Bytes of entries made durable.'),
    deliveries: counter('joinder_pushes_total', 'News of an area sent to a link.'),
    dropped: counter('joinder_pushes_dropped_total', 'News not sent, because the link was slow; it pulls later.'),
    declined: counter<'cause'>('joinder_entries_declined_total', 'Entries not taken, by the word that was answered.'),
    refused: counter<'cause'>('joinder_links_refused_total', 'Links not let in, by the word that was answered.'),
    shed: counter('joinder_links_shed_total', 'Links ended because they sent on while more came than could be judged.'),
    chunks: counter<'direction' | 'status'>('joinder_chunk_requests_total', 'Requests for chunks.'),
    chunkBytes: counter<'direction'>('joinder_chunk_bytes_total', 'Bytes of chunks, as announced.'),
    commit: histogram('joinder_commit_seconds', 'Time of one transaction, its flush to disk included.', SECONDS),
    request: histogram<'route' | 'status'>(
      'joinder_http_request_seconds',
      'Time of one HTTP request, by route and class of status.',
      SECONDS,
    ),
  };
}
export type Meters = ReturnType<typeof makeMeters>;
