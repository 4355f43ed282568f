/**
 * The kinds of value that a setting can have. Each reads a text, from wherever it came (a TOML value, a variable, a flag),
 * and answers the value or a sentence that says what it should have been. Pure.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { LOG_LEVELS } from '../log.ts';
import { NO_SIZE, readSize } from '../options.ts';
import { readNetworks } from '../proxies.ts';
import type { LogLevel } from '../log.ts';

export interface Kind<T> {
  /** For the reference page: what may be written. */
  readonly says: string;
  /** Whether TOML writes it without quotation marks. */
  readonly bare?: true;
  readonly read: (text: string) => Result<T, string>;
}

export const text: Kind<string> = { says: 'text', read: (value) => ok(value.trim()) };

export const size: Kind<ByteCount> = {
  says: 'size, as `"200GiB"`',
  read(value) {
    const bytes = readSize(value);
    return bytes === null ? fail(NO_SIZE) : ok(bytes);
  },
};

export const port: Kind<number> = {
  says: 'port, 0 to 65535; 0 takes any that is free',
  bare: true,
  read: (value) =>
    /^\d{1,5}$/.test(value) && Number(value) <= 65_535
      ? ok(Number(value))
      : fail('A port is a number from 0 to 65535; 0 takes any that is free.'),
};

export const portOrOff: Kind<number | null> = {
  says: 'port, or `"off"`',
  bare: true,
  read: (value) => (value === 'off' ? ok(null) : port.read(value)),
};

export const networks: Kind<readonly string[]> = {
  says: 'addresses or networks, with commas between',
  read: readNetworks,
};

export const yesOrNo: Kind<boolean> = {
  says: '`true` or `false`',
  bare: true,
  read: (value) => (value === 'true' || value === 'false' ? ok(value === 'true') : fail('It is true or false.')),
};

/** One of a few words. */
export const oneOf = <T extends string>(...words: readonly T[]): Kind<T> => ({
  says: `one of ${words.map((one) => `\`"${one}"\``).join(', ')}`,
  read(value) {
    const found = words.find((one) => one === value);
    return found === undefined ? fail(`It is one of ${words.join(', ')}.`) : ok(found);
  },
});

/** Ports, with commas between; empty: any that is free. */
export const ports: Kind<readonly number[]> = {
  says: 'ports, with commas between',
  read(value) {
    const parts = value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    return parts.length <= 16 &&
      parts.every((part) => /^\d{4,5}$/.test(part) && Number(part) >= 1024 && Number(part) <= 65_535)
      ? ok(parts.map(Number))
      : fail('Write up to 16 ports from 1024 to 65535, with commas between.');
  },
};

/** An address of an identity provider; empty: none. Without TLS on this computer alone. */
export const issuer: Kind<string> = {
  says: '`https://` address',
  read(value) {
    const url = URL.parse(value.trim());
    if (value.trim() === '') return ok('');
    const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    return (url?.protocol === 'https:' || isLocal) && url?.search === '' && url.hash === ''
      ? ok(value.trim())
      : fail(
          'An issuer is an https:// address with nothing after its path, exactly as its discovery document says it.',
        );
  },
};

export const level: Kind<LogLevel> = {
  says: `one of ${LOG_LEVELS.map((one) => `\`"${one}"\``).join(', ')}`,
  read(value) {
    const found = LOG_LEVELS.find((one) => one === value);
    return found ? ok(found) : fail(`It is one of ${LOG_LEVELS.join(', ')}.`);
  },
};

/** A whole number within bounds; `of` names what is counted. */
export const count = (of: string, least: number, most: number): Kind<number> => ({
  says: `${of}, ${least} to ${most}`,
  bare: true,
  read: (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? ok(Number(value))
      : fail(`It is a whole number of ${of} from ${least} to ${most}.`),
});
