/**
 * A message as it goes out: CBOR in one whole binary frame of WebSocket (RFC 6455, 5.2), which a server does not mask. So it is
 * the same bytes for everybody, and what many are told is made once.
 */
import type { FromRelay, ToAuthority } from '../../../shared/wire/link.ts';
import { encodeMessage } from '../../../shared/wire/link.ts';

/** A whole frame, head included. */
export type Frame = Uint8Array & { readonly frame: true };

const WHOLE_BINARY = 0x82;

export function frameOf(message: FromRelay | ToAuthority): Frame {
  const content = encodeMessage(message);
  const { length } = content;
  const head = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = WHOLE_BINARY;
  if (head === 2) {
    frame[1] = length;
  } else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.set(content, head);
  return frame as Uint8Array as Frame;
}
