/**
 * Files made for tests that a viewer shows: a tone as WAV, a short film of a moving square as WebM, recorded by the window
 * itself, and a long PDF of pictures, as a scan is.
 */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';

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

/** Half a second or so, 160 by 120 points. */
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
