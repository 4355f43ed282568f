/** The relay with a certificate of its own, renewed without a restart; and what it says of one that cannot be used. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCertificate, watchCertificate } from '../../common/certificate.ts';
import { makeLog } from '../../common/log.ts';
import type { TestCertificate } from '../testing/certificate.fixture.ts';
import { makeCertificate } from '../testing/certificate.fixture.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { makeFolder, startRelay } from '../testing/process.fixture.ts';

let folder: string;
let one: TestCertificate;
let two: TestCertificate;
beforeAll(() => {
  folder = makeFolder();
  one = makeCertificate(folder, 'one');
  two = makeCertificate(folder, 'two');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The name on the certificate that a server shows. */
const shown = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', reject);
  });

test('relay and console speak TLS; a renewed certificate is taken while they run, a broken one is not; commands still ask', async () => {
  const data = path.join(folder, 'relay');
  const used = { certificate: path.join(folder, 'used.crt'), key: path.join(folder, 'used.key') };
  const put = (which: TestCertificate): void => {
    copyFileSync(which.key, used.key);
    copyFileSync(which.certificate, used.certificate);
  };
  put(one);
  await runHere('init', '--data', data);
  writeFileSync(
    path.join(data, 'relay.toml'),
    `[tls]\ncertificate = ${JSON.stringify(used.certificate)}\nkey = ${JSON.stringify(used.key)}\n[console]\nport = 0\n`,
  );
  const relay = await startRelay(data);
  try {
    expect(relay.url).toMatch(/^https:/);
    expect(relay.console).toMatch(/^https:/);
    const ports = [relay.url, relay.console ?? ''].map((url) => Number(new URL(url).port));
    expect(await Promise.all(ports.map(shown))).toEqual(['one', 'one']);
    const status = (await runHere('status', '--data', data, '--json')).json<{ running: { url: string } }>();
    expect(status.running.url).toBe(relay.url);
    writeFileSync(used.certificate, 'no certificate');
    await expect.poll(() => relay.log(), { timeout: 15_000 }).toContain('the new certificate cannot be used');
    expect(await Promise.all(ports.map(shown))).toEqual(['one', 'one']);
    expect((await runHere('doctor', '--data', data)).out).toContain('tls.certificate is no certificate in PEM');
    put(two);
    await expect.poll(() => Promise.all(ports.map(shown)), { timeout: 15_000 }).toEqual(['two', 'two']);
    expect((await runHere('doctor', '--data', data)).out).toMatch(/The certificate serves (29|30) more days/);
  } finally {
    await relay.stop();
  }
}, 60_000);

test('a certificate that cannot be used is named before anything listens', async () => {
  const wrong = [
    [{ certificate: one.certificate, key: two.key }, 'another key'],
    [{ certificate: one.key, key: one.key }, 'no certificate'],
    [{ certificate: one.certificate, key: one.certificate }, 'no key'],
    [{ certificate: path.join(folder, 'none'), key: one.key }, 'cannot be read'],
  ] as const;
  for (const [files, cause] of wrong) expect(readCertificate(files)).toEqual({ ok: false, cause });
  const data = path.join(folder, 'wrong');
  await runHere('init', '--data', data);
  writeFileSync(
    path.join(data, 'relay.toml'),
    `[tls]\ncertificate = ${JSON.stringify(one.certificate)}\nkey = ${JSON.stringify(two.key)}\n`,
  );
  await expect(startRelay(data)).rejects.toThrow('The certificate cannot be used');
});

test('watching applies each change once, and keeps what it has where the new one is broken', () => {
  const files = makeCertificate(folder, 'watched');
  const applied: string[] = [];
  const watching = watchCertificate(files, ({ cert }) => applied.push(cert.toString()), makeLog('silent'), 60_000);
  watching.look();
  writeFileSync(files.certificate, 'broken');
  watching.look();
  expect(applied).toEqual([]);
  writeFileSync(files.key, readFileSync(two.key));
  writeFileSync(files.certificate, readFileSync(two.certificate));
  watching.look();
  watching.look();
  watching.stop();
  expect(applied).toEqual([readFileSync(two.certificate, 'utf8')]);
});
