/** `relay serve`: the settings in force, then the relay until it is told to end. */
import type { Command } from 'commander';
import { SECOND } from '../../../shared/primitives/units.ts';
import { CommandFailure } from '../../common/options.ts';
import { jsonLine } from '../../common/output.ts';
import { isRestoreUnfinished } from '../backup/unfinished.ts';
import type { Config } from '../config/schema.ts';
import { tlsFiles } from '../http/listen.ts';
import { hasKeys } from '../keys.ts';
import type { ServeCause, ServeSettings } from '../serveSettings.ts';
import { hasDatabase } from '../store/schema.ts';
import type { Common } from './common.ts';
import { common, dataOf } from './common.ts';

export const WHY_NOT: Record<ServeCause, string> = {
  'held by another':
    'Another relay is running on this data folder. Stop it, or give this one a folder of its own with --data.',
  'key lost':
    "This folder's relay.key is missing or belongs to another relay. Put the one back that was here; under another key, everything it signed would look forged.",
  'store is later': 'A newer relay has kept its data here. Run that one, or a newer one; nothing was touched.',
  'port in use': 'Something else listens on this port. Choose another with --port, or 0 for any that is free.',
  'no such address': 'This machine cannot listen on that address and port. Check --host and --port.',
  'metrics port in use': 'Something else listens on the port for /metrics. Choose another: metrics.port.',
  'console port in use': 'Something else listens on the port for the console. Choose another: console.port.',
  'console in the clear':
    'The console would be reached in the clear. Let console.host be 127.0.0.1, set tls.certificate and tls.key, or name the proxy before it in proxy.trusted.',
  'certificate unusable':
    "The certificate cannot be used: tls.certificate and tls.key must be PEM files that this user may read, and belong together. 'relay doctor' says more.",
};

const UNFINISHED =
  'A copy was being put back here, and that did not end: served like this, what it lacks would look lost. Run the same relay backup restore again; it goes on.';

/** In service a folder without a database is a disk that is not mounted, or a slip: a new relay there would have another key. */
const NOTHING_HERE =
  "No relay has kept its data in this folder. Is its disk mounted, and --data right? For a new relay, run 'relay init' on it first, or add --init.";

interface ServeFlags extends Common {
  readonly init?: boolean;
  readonly host?: string;
  readonly port?: string;
  readonly quota?: string;
  readonly logLevel?: string;
}

export function addServe(program: Command): void {
  common(program.command('serve'))
    .description('run the relay until it is told to stop')
    .option('--port <number>', 'port to listen on; 0 takes any that is free')
    .option('--host <address>', 'address to listen on')
    .option('--quota <size>', 'what one organisation may keep in one intake of another')
    .option('--log-level <level>', 'how much is written to stderr')
    .option('--init', 'begin a new relay where none was, in service too (NODE_ENV=production)')
    .action(serve);
}

const settingsFor = (config: Config, data: string): ServeSettings => {
  const port = config['metrics.port'];
  const consolePort = config['console.port'];
  const tls = tlsFiles(config);
  return {
    data,
    host: config['listen.host'],
    port: config['listen.port'],
    quota: config['limits.quota'],
    quotas: { area: config['limits.area-quota'], total: config['limits.total-quota'] },
    shares: {
      links: config['limits.links'],
      deviceRate: config['limits.device-rate'],
      orgRate: config['limits.organisation-rate'],
      halfUploads: config['limits.half-uploads'],
    },
    freeSpace: config['limits.free-space'],
    drain: {
      grace: config['drain.grace'] * SECOND,
      returnAfter: config['drain.return-after'] * SECOND,
      spread: config['drain.spread'] * SECOND,
    },
    ...(port === null ? {} : { metrics: { host: config['metrics.host'], port, token: config['metrics.token'] } }),
    ...(consolePort === null ? {} : { console: { host: config['console.host'], port: consolePort, config } }),
    ...(tls === null ? {} : { tls }),
    proxies: config['proxy.trusted'],
    copies: config['backup.folder'],
  };
};

async function serve({ host, port, quota, logLevel, init, ...options }: ServeFlags): Promise<void> {
  const said = { 'listen.host': host, 'listen.port': port, 'limits.quota': quota, 'log.level': logLevel };
  const flags = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const { config, dir } = dataOf(options, flags);
  if (isRestoreUnfinished(dir)) throw new CommandFailure(UNFINISHED);
  const isMissed = process.env['NODE_ENV'] === 'production' || hasKeys(dir); // a key alone: its database was here
  if (isMissed && init !== true && !hasDatabase(dir)) throw new CommandFailure(NOTHING_HERE);
  const { serveRelay } = await import('../serve.ts'); // other commands need no server
  const { quickPlatform } = await import('../../common/quickPlatform.ts');
  const { makeLog } = await import('../../common/log.ts');
  const started = await serveRelay(quickPlatform, makeLog(config['log.level']), settingsFor(config, dir));
  if (!started.ok) throw new CommandFailure(WHY_NOT[started.cause]);
  const { url, metrics, console } = started.value;
  // Before it is said that it listens: who reads that may end it at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void started.value.drain());
  jsonLine({ listening: url, ...(metrics === null ? {} : { metrics }), ...(console === null ? {} : { console }) });
}
