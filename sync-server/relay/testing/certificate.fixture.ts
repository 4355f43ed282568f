/** Certificates for tests, made by openssl: each for this machine's own addresses, signed by itself. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Writes `NAME.crt` and `NAME.key` into the folder. */
export function makeCertificate(folder: string, name: string): TestCertificate {
  const certificate = path.join(folder, `${name}.crt`);
  const key = path.join(folder, `${name}.key`);
  const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30'.split(' ');
  const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...kind, '-keyout', key, '-out', certificate, ...names], { stdio: 'ignore' });
  return { certificate, key };
}
