/**
 * A server's own TLS certificate: read from two files, looked over before it is used, and read again when they change, so
 * that a renewal needs no restart. One that cannot be used is named and the one before it goes on being used. Never logs
 * a path or what is in a file.
 */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import type { Log } from './log.ts';

/** Where they are: PEM; the chain in one file, the server's own certificate first. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly expires: Millis;
}

export type CertificateCause = 'cannot be read' | 'no certificate' | 'no key' | 'another key';

export function readCertificate({ certificate, key }: CertificateFiles): Result<Certificate, CertificateCause> {
  let files: readonly [Buffer, Buffer];
  try {
    files = [readFileSync(certificate), readFileSync(key)];
  } catch {
    return fail('cannot be read');
  }
  const [cert, secret] = files;
  const first = attempt(() => new X509Certificate(cert));
  if (first === null) return fail('no certificate');
  const privateKey = attempt(() => createPrivateKey(secret));
  if (privateKey === null) return fail('no key');
  if (!first.checkPrivateKey(privateKey)) return fail('another key');
  return ok({ cert, key: secret, expires: Date.parse(first.validTo) });
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null; // OpenSSL tells what is no PEM only by throwing
  }
}

const LOOK: Millis = 5 * SECOND;

/** Looks at the files' times; `apply` gets what is there after a change, if it can be used. */
export function watchCertificate(
  files: CertificateFiles,
  apply: (certificate: Certificate) => void,
  log: Log,
  every: Millis = LOOK,
): { look(): void; stop(): void } {
  const stamp = (): string =>
    [files.certificate, files.key]
      .map((file) => statSync(file, { throwIfNoEntry: false }))
      .map((stat) => (stat ? `${stat.mtimeMs}.${stat.ino}.${stat.size}` : 'none'))
      .join(' ');
  let seen = stamp();
  function look(): void {
    const now = stamp();
    if (now === seen) return;
    seen = now;
    const read = readCertificate(files);
    if (!read.ok)
      return log.error({ cause: read.cause }, 'the new certificate cannot be used; the one before it stays');
    apply(read.value);
    log.info({ expires: new Date(read.value.expires).toISOString() }, 'a new certificate is in use');
  }
  const timer = setInterval(look, every);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}
