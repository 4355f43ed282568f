/**
 * Writes a WebM file of pictures that are coded already, as a camera's recorder does: one picture a second, each in a cluster
 * of its own, and at the end the cues by which a player goes to any of them (RFC 8794, RFC 9559). For tests; knows no sound.
 */

/** VP8, each picture whole by itself. */
export interface Film {
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly Uint8Array[];
}

const ID = {
  head: 0x1a45dfa3,
  version: 0x4286,
  readVersion: 0x42f7,
  longestId: 0x42f2,
  longestSize: 0x42f3,
  type: 0x4282,
  typeVersion: 0x4287,
  typeReadVersion: 0x4285,
  segment: 0x18538067,
  places: 0x114d9b74,
  place: 0x4dbb,
  placeOf: 0x53ab,
  placeAt: 0x53ac,
  info: 0x1549a966,
  tick: 0x2ad7b1,
  duration: 0x4489,
  muxer: 0x4d80,
  writer: 0x5741,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackNumber: 0xd7,
  trackId: 0x73c5,
  trackType: 0x83,
  codec: 0x86,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  time: 0xe7,
  block: 0xa3,
  cues: 0x1c53bb6b,
  cue: 0xbb,
  cueTime: 0xb3,
  cueAt: 0xb7,
  cueTrack: 0xf7,
  cueCluster: 0xf1,
} as const;

const SECOND = 1000;
/** The one track; within a block with the bit that ends its number. */
const TRACK = 1;
const IN_BLOCK = 0x80 | TRACK;

export function webm({ width, height, pictures }: Film): Buffer {
  const info = of(ID.info, [
    number(ID.tick, 1_000_000),
    float(ID.duration, pictures.length * SECOND),
    of(ID.muxer, [Buffer.from('joinder')]),
    of(ID.writer, [Buffer.from('joinder')]),
  ]);
  const video = of(ID.video, [number(ID.width, width), number(ID.height, height)]);
  const about = [number(ID.trackNumber, TRACK), number(ID.trackId, TRACK), number(ID.trackType, 1)];
  const tracks = of(ID.tracks, [of(ID.track, [...about, of(ID.codec, [Buffer.from('V_VP8')]), video])]);
  const clusters = pictures.map((picture, second) =>
    of(ID.cluster, [
      number(ID.time, second * SECOND),
      // Track, time after its cluster's, a picture that needs no other.
      of(ID.block, [Buffer.of(IN_BLOCK, 0, 0, 0x80), picture]),
    ]),
  );
  const before = places(0, 0, 0).length;
  let at = before + info.length + tracks.length;
  const cues = clusters.map((cluster, second) => {
    const found = of(ID.cueAt, [number(ID.cueTrack, TRACK), number(ID.cueCluster, at)]);
    at += cluster.length;
    return of(ID.cue, [number(ID.cueTime, second * SECOND), found]);
  });
  return Buffer.concat([
    of(ID.head, [
      number(ID.version, 1),
      number(ID.readVersion, 1),
      number(ID.longestId, 4),
      number(ID.longestSize, 8),
      of(ID.type, [Buffer.from('webm')]),
      number(ID.typeVersion, 4),
      number(ID.typeReadVersion, 2),
    ]),
    of(ID.segment, [places(before, before + info.length, at), info, tracks, ...clusters, of(ID.cues, cues)]),
  ]);
}

/** Where the parts stand. Numbers are all of one length, so that this can be measured before they are known. */
function places(info: number, tracks: number, cues: number): Buffer {
  const parts = [
    [ID.info, info],
    [ID.tracks, tracks],
    [ID.cues, cues],
  ] as const;
  return of(
    ID.places,
    parts.map(([what, at]) => of(ID.place, [of(ID.placeOf, [idBytes(what)]), number(ID.placeAt, at)])),
  );
}

/** An element: what it is, how long, and what is in it. */
function of(id: number, parts: readonly Uint8Array[]): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(parts.reduce((sum, part) => sum + part.length, 0)));
  size[0] = 1; // seven bytes of length follow
  return Buffer.concat([idBytes(id), size, ...parts]);
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}

function number(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return of(id, [bytes]);
}

function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return of(id, [bytes]);
}
