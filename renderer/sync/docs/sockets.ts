/** A window asks for a document: the request is checked and its port bound to the document server. */
import { isId } from '../../../shared/primitives/ids.ts';
import type { AreaId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import type { Session } from '../session.ts';

interface SocketRequest {
  readonly area: AreaId;
  readonly stream: StreamId;
}

export function isSocketRequest(data: unknown): data is SocketRequest {
  if (typeof data !== 'object' || data === null) return false;
  const { area, stream } = data as Record<string, unknown>;
  return isId(area) && isId(stream);
}

const watched = new Map<AreaId, number>();

export function openSocket(session: Session, request: SocketRequest, port: Port): void {
  session.docs.connect(request.area, request.stream, port);
  watched.set(request.area, (watched.get(request.area) ?? 0) + 1);
  session.presence.watch([...watched.keys()].slice(-64));
}
