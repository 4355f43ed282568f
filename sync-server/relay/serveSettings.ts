/** What a relay is begun with, what it is once it runs, and why it may not begin. */
import type { Result } from '../../shared/primitives/result.ts';
import type { ByteCount, Millis } from '../../shared/primitives/units.ts';
import type { CertificateFiles } from '../common/certificate.ts';
import type { ConsoleCause, ConsoleSettings } from './console/settings.ts';
import type { Quotas } from './limits/measures.ts';
import type { Shares } from './limits/shares.ts';
import type { MetricsSettings } from './observe/listener.ts';

export interface ServeSettings {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** In one intake of another organisation. */
  readonly quota: ByteCount;
  /** In one area of a case, in all; left out: no limit. */
  readonly quotas?: Omit<Quotas, 'intake'>;
  /** Left out: as usual. */
  readonly shares?: Shares;
  /** Its own certificate; left out: plain HTTP. */
  readonly tls?: CertificateFiles;
  /** Proxies before it, whose word on where a request comes from is taken. */
  readonly proxies?: readonly string[];
  /** Free space below which it says that it is not ready. */
  readonly freeSpace?: ByteCount;
  /** When it ends: how long what is under way may take; after how long links are asked to return, and within what spread. */
  readonly drain?: { readonly grace: Millis; readonly returnAfter: Millis; readonly spread: Millis };
  /** Left out: no `/metrics`. */
  readonly metrics?: MetricsSettings;
  /** Left out: no console. */
  readonly console?: ConsoleSettings;
  /** Where copies are made. */
  readonly copies?: string;
}

export interface RunningRelay {
  readonly url: string;
  /** Where `/metrics` is, if anywhere. */
  readonly metrics: string | null;
  /** Where the console is, if anywhere. */
  readonly console: string | null;
  /** Ends in order; resolves when everything is on disk and closed. */
  drain(): Promise<void>;
}

export type ServeCause =
  | 'held by another'
  | 'key lost'
  | 'store is later'
  | 'port in use'
  | 'no such address'
  | 'metrics port in use'
  | ConsoleCause;

export type Begun = Result<RunningRelay, ServeCause>;
