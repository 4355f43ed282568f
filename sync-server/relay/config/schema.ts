/** Every setting of a relay, once: its place in the file, what it may be, what it is when nobody says, and what it is for. */
import { count, level, networks, port, portOrOff, size, text, yesOrNo } from '../../common/config/kinds.ts';
import type { ConfigOf, NameOf, Setting, Table } from '../../common/config/table.ts';
import { secret, setting } from '../../common/config/table.ts';

const QUOTA = 200 * 2 ** 30;
const AREA_QUOTA = 500 * 2 ** 30;
const TOTAL_QUOTA = 20_480 * 2 ** 30;

const SETTINGS = {
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
  'limits.area-quota': setting(
    size,
    `${AREA_QUOTA / 2 ** 30}GiB`,
    'What one organisation may keep in one area of a case; `relay quota set --of area` says otherwise for one organisation.',
  ),
  'limits.total-quota': setting(
    size,
    `${TOTAL_QUOTA / 2 ** 30}GiB`,
    'What one organisation may keep in all intakes and areas together; `relay quota set --of total` says otherwise.',
  ),
  'limits.links': setting(
    count('links', 1, 1_000_000),
    '10000',
    'Links of one organisation at once; past that a computer hears that the relay is busy, and comes again.',
  ),
  'limits.device-rate': setting(
    count('entries a second', 1, 1_000_000),
    '2000',
    'Entries of one computer; one that is faster is read later, and loses nothing.',
  ),
  'limits.organisation-rate': setting(
    count('entries a second', 1, 1_000_000),
    '20000',
    'The same, of all computers of one organisation.',
  ),
  'limits.half-uploads': setting(
    count('uploads', 1, 1_000_000),
    '10000',
    'Uploads of one organisation that were begun and not ended; past that others wait (429) until some have ended.',
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

export type SettingName = NameOf<typeof SETTINGS>;
export type Config = ConfigOf<typeof SETTINGS>;

export const RELAY_SETTINGS: Table<typeof SETTINGS> = {
  program: 'relay',
  prefix: 'JOINDER_RELAY_',
  settings: SETTINGS,
  flags: {
    'data.folder': '--data',
    'listen.host': '--host',
    'listen.port': '--port',
    'limits.quota': '--quota',
    'log.level': '--log-level',
  },
};
