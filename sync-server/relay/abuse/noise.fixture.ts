/**
 * Frames and requests as a broken or hostile client might send them, from a seed: random bytes, messages cut off, grown,
 * or with some bytes changed, fields of the wrong kind or size. Pure.
 */
import { encodeCbor } from '../../../shared/primitives/cbor.ts';

/** mulberry32: the same numbers for the same seed, on every machine. */
export function randomFrom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, () => below(256));
  return { next, below, pick, bytes };
}
export type Random = ReturnType<typeof randomFrom>;

const TYPES = [
  ...'hello auth pull append boxes withdraw statements refer custody presence watch dispose disposals'.split(' '),
  ...'erase unsend ping publish answer'.split(' '),
  'add boxes',
  'no such thing',
  '',
];
const FIELDS = [
  ...'q area after limit entry boxes subjects org device tag chunks from lists frame areas order also'.split(' '),
  ...'entries version signature statements __proto__ constructor'.split(' '),
];

/** A value of any kind, not too deep. `known`: ids that mean something to the relay. */
function anyValue(random: Random, known: readonly string[], depth = 0): unknown {
  switch (random.below(depth > 3 ? 7 : 9)) {
    case 0:
      return random.pick([0, 1, -1, 2 ** 31, 2 ** 53 - 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]);
    case 1:
      return random.pick([
        '',
        'x',
        '\u0000',
        'a'.repeat(random.below(3000)),
        '../../etc/passwd',
        "'; DROP TABLE log; --",
      ]);
    case 2:
    case 3:
      return random.pick(known);
    case 4:
      return random.bytes(random.pick([0, 1, 32, 64, 65, 500]));
    case 5:
      return random.pick([null, true, false]);
    case 6:
      return random.below(600);
    case 7:
      return Array.from({ length: random.below(6) }, () => anyValue(random, known, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [random.pick(FIELDS), anyValue(random, known, depth + 1)]),
      );
  }
}

function anyMessage(random: Random, known: readonly string[]): Uint8Array {
  const fields = Object.fromEntries(
    FIELDS.filter(() => random.next() < 0.5).map((name) => [name, anyValue(random, known)]),
  );
  try {
    return encodeCbor({ ...fields, t: random.pick(TYPES), q: random.below(1000) });
  } catch {
    return random.bytes(40); // what CBOR as we write it has no form for
  }
}

function spoil(random: Random, frame: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(frame);
  switch (random.below(4)) {
    case 0:
      return copy.subarray(0, random.below(copy.length + 1));
    case 1:
      return Uint8Array.from([...copy, ...random.bytes(random.below(50))]);
    default:
      for (let i = 0; i <= random.below(4); i++) copy[random.below(copy.length)] = random.below(256);
      return copy;
  }
}

/** `good`: frames that the relay would take. */
export function anyFrame(random: Random, good: readonly Uint8Array[], known: readonly string[]): Uint8Array {
  switch (random.below(5)) {
    case 0:
      return random.bytes(random.below(300));
    case 1:
      return spoil(random, random.pick(good));
    case 2:
      return random.pick(good);
    default:
      return anyMessage(random, known);
  }
}

export interface AnyRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

export function anyRequest(random: Random, token: string, known: readonly string[]): AnyRequest {
  const id = (): string => encodeURIComponent(random.pick([...known, 'x', '%00', '../..', 'a'.repeat(600)]));
  const path = random.pick([
    () =>
      `/v1/chunks/${id()}?area=${id()}&size=${random.pick(['1', '-1', '99999999999999', 'x'])}&from=${random.below(3)}`,
    () => `/v1/chunks?area=${id()}`,
    () => '/v1/chunks/held',
    () => '/v1/chunks/some',
    () => `/v1/authorities/${id()}`,
    () => `/v1/authorities/${id()}/ask/${id()}`,
    () => '/v1/status',
    () => '/v1/link',
    () => `/${id()}`,
    () => '/readyz',
  ])();
  const method = random.pick(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);
  const headers = {
    authorization: random.pick([`Bearer ${token}`, 'Bearer x', 'Basic eDp4', '']),
    'content-type': random.pick(['application/json', 'application/octet-stream', 'text/plain', '']),
    range: random.pick(['bytes=0-1', 'bytes=9-1', 'bytes=-', `bytes=0-${'9'.repeat(30)}`, 'items=1-2', '']),
  };
  const body = ['GET', 'HEAD'].includes(method)
    ? null
    : random.pick([
        () => random.bytes(random.below(2000)),
        () => new TextEncoder().encode('{"area":'),
        () => new TextEncoder().encode(JSON.stringify(anyValue(random, known) ?? null)),
      ])();
  return { method, path, headers, body };
}
