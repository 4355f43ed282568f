/**
 * The links of authorities, which dial out to the relay: their statements come in, and what laptops ask goes out to them,
 * sealed both ways. An authority proves the key of its card; a second link of one organisation replaces the first. Never
 * reads a request or an answer, and never makes a statement.
 */
import { randomBytes } from 'node:crypto';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import { verify } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromAuthority, LinkRefusal, ToAuthority } from '../../../shared/wire/link.ts';
import { LINK_VERSION, decodeMessage, fromAuthority } from '../../../shared/wire/link.ts';
import { short } from '../../common/log.ts';
import { announce } from './announce.ts';
import type { Relay } from '../context.ts';
import type { Organisation } from '../directories.ts';
import { frameOf } from './frame.ts';
import type { Connection } from './peer.ts';
import { CLOSED, openPeer } from './peer.ts';

type Hello = Extract<FromAuthority, { t: 'hello' }>;
export type Answer = Pick<Extract<FromAuthority, { t: 'answer' }>, 'status' | 'sealed'>;
type AskCause = 'authority not connected' | 'busy' | 'no answer';

const PATIENCE = 20 * SECOND;
/** Requests waiting on one authority past which more are sent away. */
const WAITING = 64;

interface AuthorityLink {
  tell(message: ToAuthority): void;
  readonly waiting: Map<number, (answer: Result<Answer, AskCause>) => void>;
  leave(): void;
}

export function openAuthorities(relay: Relay) {
  const links = new Map<OrgId, AuthorityLink>();
  let asked = 0;

  function ask(org: OrgId, name: string, sealed: Uint8Array): Promise<Result<Answer, AskCause>> {
    const link = links.get(org);
    if (!link) return Promise.resolve(fail('authority not connected'));
    if (link.waiting.size >= WAITING) return Promise.resolve(fail('busy'));
    const q = (asked += 1);
    return new Promise((resolve) => {
      const late = setTimeout(() => settle(fail('no answer')), PATIENCE);
      const settle = (answer: Result<Answer, AskCause>): void => {
        clearTimeout(late);
        link.waiting.delete(q);
        resolve(answer);
      };
      link.waiting.set(q, settle);
      link.tell({ t: 'ask', q, name, sealed });
    });
  }

  async function publish(
    organisation: Organisation,
    message: Extract<FromAuthority, { t: 'publish' }>,
    tell: AuthorityLink['tell'],
  ): Promise<void> {
    const published = await relay.directories.publish(organisation.org, message.statements);
    if (published.ok) announce(relay, published.value);
    else relay.log.error({ org: short(organisation.org), cause: published.cause }, 'statements were not taken');
    tell({ t: 'published', n: organisation.directory.n, head: organisation.directory.head });
  }

  function serve(connection: Connection): void {
    const nonce = new Uint8Array(randomBytes(32));
    const tell = (message: ToAuthority): void => peer.send(frameOf(message));
    const link: AuthorityLink = {
      tell,
      waiting: new Map(),
      leave: () => peer.close(CLOSED.leaving, 'the relay is shutting down'),
    };
    let hello: Hello | null = null;
    let organisation: Organisation | null = null;

    const peer = openPeer(connection, {
      async receive(frame) {
        const message = decodeMessage(fromAuthority, frame);
        if (!message.ok) return refuse('malformed');
        if (organisation) return handle(organisation, message.value);
        if (message.value.t === 'hello') hello = message.value;
        else if (message.value.t === 'auth') await open(message.value.signature);
        else refuse('malformed');
      },
      drained() {},
      failed: (why) => relay.log.error({ error: why }, 'handling a frame of an authority failed'),
      closed() {
        for (const settle of link.waiting.values()) settle(fail('no answer'));
        if (organisation && links.get(organisation.org) === link) links.delete(organisation.org);
      },
    });

    function refuse(cause: LinkRefusal): void {
      relay.log.info({ cause, ...(hello ? { org: short(hello.org) } : {}) }, 'authority link refused');
      tell({ t: 'refused', cause, time: relay.platform.now() });
      peer.close(CLOSED.refused, cause);
    }

    async function open(signature: Uint8Array): Promise<void> {
      const proven = hello === null ? fail<LinkRefusal>('malformed') : await prove(relay, hello, nonce, signature);
      if (!proven.ok) return refuse(proven.cause);
      organisation = proven.value;
      peer.accept();
      links.get(organisation.org)?.leave();
      links.set(organisation.org, link);
      relay.log.info({ org: short(organisation.org) }, 'authority link open');
      tell({ t: 'welcome', n: organisation.directory.n, head: organisation.directory.head });
    }

    async function handle(own: Organisation, message: FromAuthority): Promise<void> {
      switch (message.t) {
        case 'publish':
          return publish(own, message, tell);
        case 'answer':
          return link.waiting.get(message.q)?.(ok({ status: message.status, sealed: message.sealed }));
        case 'ping':
          return tell({ t: 'pong', q: message.q, time: relay.platform.now() });
        case 'hello':
        case 'auth':
          return refuse('malformed');
      }
    }

    tell({ t: 'challenge', version: LINK_VERSION, nonce, relayKey: relay.keys.publicKey, time: relay.platform.now() });
  }

  return {
    ask,
    serve,
    count: (): number => links.size,
    orgs: (): OrgId[] => [...links.keys()],
    leave: (): void => links.forEach((link) => link.leave()),
  };
}
export type Authorities = ReturnType<typeof openAuthorities>;

/** Whether who says hello holds the key on the organisation's card. */
async function prove(
  relay: Relay,
  hello: Hello,
  nonce: Uint8Array,
  signature: Uint8Array,
): Promise<Result<Organisation, LinkRefusal>> {
  if (hello.version !== LINK_VERSION && hello.version !== LINK_VERSION - 1) return fail('version');
  const organisation = await relay.directories.find(hello.org);
  if (organisation === null) return fail('unknown organisation');
  const signed = await verify(
    relay.platform,
    organisation.verifyKey,
    signature,
    LABEL.authorityLink,
    nonce,
    relay.keys.publicKey,
  );
  return signed ? ok(organisation) : fail('bad signature');
}
