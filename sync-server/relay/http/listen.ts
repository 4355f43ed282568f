/** How the relay's listeners stand to the network: which address is this machine's alone, and which certificate they have. */
import type { CertificateFiles } from '../../common/certificate.ts';
import type { Config } from '../config/schema.ts';

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Null: none is set. One of the two alone is a fault that `settingsFaults` names. */
export function tlsFiles(config: Pick<Config, 'tls.certificate' | 'tls.key'>): CertificateFiles | null {
  const [certificate, key] = [config['tls.certificate'], config['tls.key']];
  return certificate === '' && key === '' ? null : { certificate, key };
}
