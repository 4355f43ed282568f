/**
 * An authority's side of its link, for tests: proves a card's key, publishes statements, and answers what laptops ask by a
 * function that the test gives.
 */
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { Key } from '../../../shared/primitives/platform.ts';
import { sign } from '../../../shared/primitives/platform.ts';
import type { SignedStatement } from '../../../shared/seal/directory/directory.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromAuthority, ToAuthority } from '../../../shared/wire/link.ts';
import { LINK_VERSION, decodeMessage, encodeMessage, toAuthority } from '../../../shared/wire/link.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import { openSocket } from './socket.fixture.ts';

type Of<T extends ToAuthority['t']> = Extract<ToAuthority, { t: T }>;
const is =
  <T extends ToAuthority['t']>(t: T) =>
  (message: ToAuthority): message is Of<T> =>
    message.t === t;

export interface TestAuthorityLink {
  readonly welcome: Of<'welcome'>;
  /** Publishes what of these the relay lacks. */
  publish(statements: readonly SignedStatement[]): Promise<Of<'published'>>;
  onAsk(answer: (ask: Of<'ask'>) => Extract<FromAuthority, { t: 'answer' }>): void;
  close(): Promise<void>;
}

export function decodeToAuthority(frame: Uint8Array): ToAuthority {
  const message = decodeMessage(toAuthority, frame);
  if (!message.ok) throw new Error(`the relay sent what the contract does not allow: ${message.cause}`);
  return message.value;
}

export async function connectAuthority(url: string, org: OrgId, key: Key): Promise<TestAuthorityLink> {
  const link = openSocket(url, '/v1/authority', decodeToAuthority);
  const tell = (message: FromAuthority): void => link.send(encodeMessage(message));
  const { nonce, relayKey } = await link.next(is('challenge'));
  tell({ t: 'hello', version: LINK_VERSION, org });
  tell({ t: 'auth', signature: await sign(platform, key, LABEL.authorityLink, nonce, relayKey) });
  const welcome = await link.next(is('welcome'));
  let held = welcome.n;
  let publications = 0;
  return {
    welcome,
    async publish(statements) {
      const fresh = statements.slice(held);
      tell({ t: 'publish', statements: [...fresh] });
      publications += 1;
      const nth = publications;
      const published = await link.next(
        (m): m is Of<'published'> =>
          m.t === 'published' &&
          link.messages.filter(is('published')).length >= nth &&
          m === link.messages.filter(is('published'))[nth - 1],
      );
      held = published.n;
      return published;
    },
    onAsk(answer) {
      link.socket.on('message', (data: Buffer) => {
        const message = decodeToAuthority(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        if (message.t === 'ask') tell(answer(message));
      });
    },
    close: () => link.close(),
  };
}
