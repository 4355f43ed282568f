/**
 * Bearer tokens of the SCIM service: made by a command, shown once, kept as a hash. Who has one may say who is in the
 * organisation and in which posts; never admits a device.
 */
import { toBase64Url, utf8 } from '../../../shared/primitives/bytes.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { sha256 } from '../../../shared/primitives/platform.ts';
import type { Authority } from '../authority.ts';

const PREFIX = 'joinder-scim-';

const hashOf = async (platform: Platform, token: string): Promise<string> =>
  toBase64Url(await sha256(platform, utf8(token)));

/** A new token. With `replace`, those made before serve no more. */
export async function makeToken({ platform, people }: Authority, replace: boolean): Promise<string> {
  const token = `${PREFIX}${toBase64Url(platform.random(32))}`;
  const hash = await hashOf(platform, token);
  people.change(() => {
    if (replace) people.dropTokens();
    people.addToken(hash, platform.now());
  });
  return token;
}

/** Whether the header of a request carries a token of this organisation. */
export async function isAllowed({ platform, people }: Authority, header: string | undefined): Promise<boolean> {
  const [, token] = /^Bearer ([\w~+/.=-]{1,200})$/i.exec(header ?? '') ?? [];
  // Looked up by its hash: how long that takes says nothing of a token of 256 random bits.
  return token !== undefined && people.hasToken(await hashOf(platform, token));
}
