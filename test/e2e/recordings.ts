/** Recordings made for tests: a tone as WAV, and a short film of a moving square as WebM, recorded by the window itself. */
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
