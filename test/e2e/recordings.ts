/**
 * Files made for tests that a viewer shows: a tone as WAV; a short film of a moving square as WebM, recorded by the window
 * itself; a long one whose every second can be told from the others; and a long PDF of pictures, as a scan is.
 */
import { createHash } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { within } from '../support/within.ts';
import { webm } from './webm.ts';

const RATE = 8000;

/** `seconds` of a tone: 16 bits, one channel. */
export function tone(seconds: number): Uint8Array {
  const samples = RATE * seconds;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++)
    wav.writeInt16LE(Math.round(8000 * Math.sin((i / RATE) * 2 * Math.PI * 440)), 44 + 2 * i);
  return wav;
}

/** Half a second or so, 160 by 120 points, as a browser records it: without a length, and without places to go to. */
export async function film(window: Page): Promise<Uint8Array> {
  const bytes = await window.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise((done) => recorder.addEventListener('stop', done));
    recorder.start();
    for (let frame = 0; frame < 15; frame++) {
      await new Promise((next) => requestAnimationFrame(next));
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = '#cfe8ff';
      pen.fillRect(0, 0, 160, 120);
      pen.fillStyle = '#b3261e';
      pen.fillRect(frame * 8, 40, 30, 30);
    }
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  return Uint8Array.from(bytes);
}

const WIDTH = 640;
const HEIGHT = 360;
/** How many squares, black or white, say which picture of `camera` it is, the first being 1. */
const SQUARES = 10;
const SQUARE = WIDTH / SQUARES;
const AT_ONCE = 16;

/** So many seconds of a camera that looks at a storm: one picture a second, each of some 180 KB, with its second in squares and in words. */
export async function camera(window: Page, seconds: number): Promise<Uint8Array> {
  const pictures: Buffer[] = [];
  for (let first = 0; first < seconds; first += AT_ONCE) {
    const asked = { first, end: Math.min(seconds, first + AT_ONCE), WIDTH, HEIGHT, SQUARES, SQUARE };
    const coded = await within(`pictures from second ${first}`, window.evaluate(codePictures, asked));
    pictures.push(...coded.map((one) => Buffer.from(one, 'base64')));
  }
  return webm({ width: WIDTH, height: HEIGHT, pictures });
}

interface Pictures {
  readonly first: number;
  readonly end: number;
  readonly WIDTH: number;
  readonly HEIGHT: number;
  readonly SQUARES: number;
  readonly SQUARE: number;
}

/** Runs in a window. Answers each picture in base64. */
async function codePictures({ first, end, WIDTH: width, HEIGHT: height, SQUARES: squares, SQUARE: side }: Pictures) {
  const coded: string[] = [];
  let failed: unknown = null;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      coded.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
    },
    error: (error) => (failed = error),
  });
  encoder.configure({ codec: 'vp8', width, height, bitrate: 20_000_000, framerate: 1 });
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  pen.font = 'bold 48px sans-serif';
  for (let second = first; second < end; second++) {
    const noise = pen.createImageData(width, height);
    const points = new Uint32Array(noise.data.buffer);
    // xorshift: each second has a storm of its own, the same each time.
    let state = second + 1;
    for (let i = 0; i < points.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      points[i] = state | 0xff000000;
    }
    pen.putImageData(noise, 0, 0);
    for (let bit = 0; bit < squares; bit++) {
      pen.fillStyle = ((second + 1) >> bit) % 2 === 1 ? '#fff' : '#000';
      pen.fillRect(bit * side, 0, side, side);
    }
    pen.fillStyle = '#000';
    pen.fillRect(160, 150, 320, 80);
    pen.fillStyle = '#fff';
    pen.fillText(`Second ${second}`, 190, 207);
    const frame = new VideoFrame(pen.canvas, { timestamp: second * 1_000_000, duration: 1_000_000 });
    encoder.encode(frame, { keyFrame: true });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  if (failed !== null) throw failed;
  return coded;
}

/** The second that the picture on the screen says it is of, read from its squares; -1 while there is none. */
export const secondShown = (video: Locator): Promise<number> =>
  video.evaluate(
    (one: HTMLVideoElement, { squares, side, width, height }) => {
      const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!pen) throw new Error('no canvas');
      pen.drawImage(one, 0, 0, width, height);
      const isWhite = (bit: number): boolean =>
        (pen.getImageData(bit * side + side / 2, side / 2, 1, 1).data[0] ?? 0) > 127;
      const bits = Array.from({ length: squares }, (_, bit) => (isWhite(bit) ? 1 << bit : 0));
      return bits.reduce((sum, bit) => sum + bit, -1);
    },
    { squares: SQUARES, side: SQUARE, width: WIDTH, height: HEIGHT },
  );

const SIDE = 224;

/** A PDF of so many pages, each with its number and a picture of noise of 147 KiB; the table of contents is at its end. */
export function scan(pages: number): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (number: number, head: string, stream?: Buffer): void => {
    places[number] = length;
    const end = stream === undefined ? [] : [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')];
    const object = Buffer.concat([Buffer.from(`${number} 0 obj\n${head}`), ...end, Buffer.from('\nendobj\n')]);
    parts.push(object);
    length += object.length;
  };
  const first = (page: number): number => 4 + 3 * page;
  add(1, '<< /Type /Catalog /Pages 2 0 R >>');
  for (let page = 0; page < pages; page++) {
    const [own, words, picture] = [first(page), first(page) + 1, first(page) + 2];
    const text = `q 400 0 0 400 97 200 cm /P Do Q BT /F 40 Tf 97 700 Td (Page ${page + 1}) Tj ET`;
    const uses = `<< /Font << /F 3 0 R >> /XObject << /P ${picture} 0 R >> >>`;
    add(own, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${words} 0 R /Resources ${uses} >>`);
    add(words, `<< /Length ${text.length} >>`, Buffer.from(text));
    const size = `/Width ${SIDE} /Height ${SIDE} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
    const noise = createHash('shake256', { outputLength: 3 * SIDE * SIDE })
      .update(String(page))
      .digest();
    add(picture, `<< /Type /XObject /Subtype /Image ${size} /Length ${noise.length} >>`, noise);
  }
  const kids = Array.from({ length: pages }, (_, page) => `${first(page)} 0 R`).join(' ');
  add(2, `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  add(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  const rows = places.slice(1).map((at) => `${String(at).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${places.length}\n0000000000 65535 f \n${rows.join('')}`;
  parts.push(Buffer.from(`${table}trailer\n<< /Size ${places.length} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
