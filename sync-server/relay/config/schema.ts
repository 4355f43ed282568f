/**
 * Every setting of a relay, once: its place in the file, what it may be, what it is when nobody says, and what it is for.
 * The loader, the reference page, the file that `init` writes and `config print` are all made from this table.
 */
import type { Kind } from './kinds.ts';
import { count, level, networks, port, portOrOff, size, text, yesOrNo } from './kinds.ts';

export interface Setting<T> {
  readonly kind: Kind<T>;
  /** As it would be written; empty: none. */
  readonly byDefault: string;
  readonly help: string;
  /** Its value is shown to nobody, and may be read from a file of its own. */
  readonly isSecret?: true;
}

const QUOTA = 200 * 2 ** 30;

const setting = <T>(kind: Kind<T>, byDefault: string, help: string): Setting<T> => ({ kind, byDefault, help });
const secret = (help: string): Setting<string> => ({ kind: text, byDefault: '', help, isSecret: true });

export const SETTINGS = {
  'data.folder': setting(
    text,
    '',
    'Where everything is kept; made when missing. Must be said here, by variable, or with --data.',
  ),
  'listen.host': setting(
    text,
    '127.0.0.1',
    'Address to listen on. Laptops take http:// on their own machine only: set a certificate, or put a TLS proxy before it.',
  ),
  'listen.port': setting(port, '8787', 'Port to listen on.'),
  'tls.certificate': setting(
    text,
    '',
    'File with the certificate chain (PEM), the own one first. With it and the key, relay and console speak TLS; a renewed one is taken within seconds, without a restart.',
  ),
  'tls.key': setting(text, '', 'File with the private key of that certificate (PEM).'),
  'proxy.trusted': setting(
    networks,
    '',
    'Proxies before this relay. X-Forwarded-For and X-Forwarded-Proto are believed from these addresses alone.',
  ),
  'limits.quota': setting(
    size,
    `${QUOTA / 2 ** 30}GiB`,
    'What one organisation may keep in one intake of another; `relay quota set` says otherwise for one organisation.',
  ),
  'limits.free-space': setting(
    size,
    '1GiB',
    'Free space of the data folder below which /readyz says not ready and doctor complains.',
  ),
  'drain.grace': setting(
    count('seconds', 1, 300),
    '10',
    'How long what is under way may take once the relay was told to end.',
  ),
  'drain.return-after': setting(
    count('seconds', 0, 600),
    '2',
    'When it ends, laptops are told to return after so long…',
  ),
  'drain.spread': setting(
    count('seconds', 0, 600),
    '10',
    '…and each up to so much later, by chance, so that they do not all come at once.',
  ),
  'log.level': setting(level, 'info', 'How much is written to stderr, as lines of JSON. No case data at any level.'),
  'metrics.port': setting(portOrOff, 'off', 'Port of the listener for /metrics (Prometheus text format).'),
  'metrics.host': setting(text, '127.0.0.1', 'Address of that listener.'),
  'metrics.token': secret('Where it is set, /metrics wants it as `Authorization: Bearer`.'),
  'console.port': setting(portOrOff, 'off', 'Port of the console: a web page for the administrators of this relay.'),
  'console.host': setting(
    text,
    '127.0.0.1',
    'Address of that listener. Other than on this machine alone it wants a certificate of its own, or a trusted proxy.',
  ),
  'backup.folder': setting(text, '', 'Where `backup create` puts copies when --to does not say otherwise.'),
  'backup.keep': setting(
    count('copies', 1, 10_000),
    '14',
    'Copies that are kept there; older ones, and chunks that only they name, are removed.',
  ),
  'backup.with-key': setting(
    yesOrNo,
    'false',
    'Whether copies hold relay.key. Whoever has it can pass for this relay; without it a restore needs the key from elsewhere.',
  ),
  'backup.warn-after': setting(count('hours', 1, 10_000), '26', 'Age of the newest copy past which doctor complains.'),
  'retention.half-uploads': setting(
    count('days', 1, 3650),
    '30',
    'Uploads that nobody went on with for so long are dropped by `retention sweep`; laptops send them again.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type Config = { readonly [K in SettingName]: ValueOf<(typeof SETTINGS)[K]> };

export const NAMES = Object.keys(SETTINGS) as SettingName[];

/** Settings that `serve` also takes on its command line. */
export const FLAGS: Readonly<Partial<Record<SettingName, string>>> = {
  'data.folder': '--data',
  'listen.host': '--host',
  'listen.port': '--port',
  'limits.quota': '--quota',
  'log.level': '--log-level',
};

const PREFIX = 'JOINDER_RELAY_';
export const CONFIG_VARIABLE = `${PREFIX}CONFIG`;
/** `limits.free-space` is JOINDER_RELAY_LIMITS_FREE_SPACE. */
export const variableOf = (name: SettingName): string => PREFIX + name.toUpperCase().replace(/[.-]/g, '_');
export const isOurs = (variable: string): boolean => variable.startsWith(PREFIX);
