/**
 * One direction of a captured connection: where it went over to WebSocket, its messages as they were before the browser
 * masked them and, where that was agreed, packed them. Before that it is HTTP, which hides nothing.
 */
import { inflatedTogether } from './deflate.ts';

const HEADERS_END = Buffer.from('\r\n\r\n');
const UPGRADE = /^(?:GET [^\r\n]* HTTP\/1\.1|HTTP\/1\.1 101)[^]*upgrade: websocket/i;

/** All payloads in order; null: this is no WebSocket. */
export function readWebSocket(stream: Buffer): readonly Buffer[] | null {
  const end = stream.indexOf(HEADERS_END);
  if (end === -1 || !UPGRADE.test(stream.toString('latin1', 0, end))) return null;
  const plain: Buffer[] = [];
  const packed: Buffer[] = [];
  let pieces: Buffer[] = [];
  let isPacked = false;
  for (const frame of framesOf(stream, end + HEADERS_END.length)) {
    if (frame.control) {
      plain.push(frame.payload);
      continue;
    }
    if (pieces.length === 0) isPacked = frame.packed;
    pieces.push(frame.payload);
    if (!frame.last) continue;
    (isPacked ? packed : plain).push(Buffer.concat(pieces));
    pieces = [];
  }
  // A torn message still went over the wire.
  plain.push(...pieces);
  const unpacked = packed.length === 0 ? null : inflatedTogether(packed);
  return unpacked === null ? plain : [...plain, unpacked];
}

interface Frame {
  readonly payload: Buffer;
  readonly last: boolean;
  readonly packed: boolean;
  readonly control: boolean;
}

function* framesOf(stream: Buffer, start: number): Generator<Frame> {
  for (let at = start; at + 2 <= stream.length;) {
    const [first, second] = [stream[at]!, stream[at + 1]!];
    const short = second & 127;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const isMasked = second >= 128;
    const payloadAt = at + 2 + lengthBytes + (isMasked ? 4 : 0);
    if (payloadAt > stream.length) return;
    const length =
      lengthBytes === 0
        ? short
        : lengthBytes === 2
          ? stream.readUInt16BE(at + 2)
          : Number(stream.readBigUInt64BE(at + 2));
    const payload = Buffer.from(stream.subarray(payloadAt, payloadAt + length));
    if (isMasked) for (let i = 0; i < payload.length; i++) payload[i]! ^= stream[payloadAt - 4 + (i & 3)]!;
    yield { payload, last: first >= 128, packed: (first & 64) !== 0, control: (first & 8) !== 0 };
    at = payloadAt + length;
  }
}
