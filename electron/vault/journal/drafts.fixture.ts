/** For the journal's tests: a device that writes, and drafts as a worker would make them. */
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { AreaId, DeviceId, Hash, OrgId, StreamId } from '../../../shared/primitives/ids.ts';
import { generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { encodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import { signHeader } from '../../../shared/seal/entry/entry.ts';
import type { Draft } from '../../../shared/ipc/vault.ts';
import { platform } from '../../platform.ts';
import type { Author } from './author.ts';

export interface Writer {
  readonly author: Author;
  /** The next draft in an area; its content is as long as asked. */
  draft(area: AreaId, bytes?: number): Promise<Draft>;
  at(area: AreaId, counter: number, prev: Hash | null, bytes?: number): Draft;
  /** Takes the last draft of the area back, as a worker does that was refused. */
  forget(): void;
  incarnation: number;
}

export const area = (): AreaId => newId<AreaId>(platform);

export async function makeWriter(): Promise<Writer> {
  const { privateKey } = await generateSigningKeys(platform);
  const org = newId<OrgId>(platform);
  const device = newId<DeviceId>(platform);
  const stream = newId<StreamId>(platform);
  const last = new Map<AreaId, { counter: number; header: Hash }>();
  const writer: Writer = {
    incarnation: 1,
    author: {
      platform,
      org,
      device,
      incarnation: () => writer.incarnation,
      sign: (header) => signHeader(platform, privateKey, header),
    },
    at: (where, counter, prev, bytes = 20) => {
      const header = encodeHeader({
        version: 1,
        suite: 1,
        kind: 'edit',
        critical: true,
        area: where,
        stream,
        org,
        device,
        incarnation: writer.incarnation,
        counter,
        prev,
        seen: { generation: 0, n: 0, h: null, heads: [] },
        chain: null,
        directory: null,
        time: 1_800_000_000_000,
        commit: '00'.repeat(32) as Hash,
        body: null,
        more: {},
      });
      return {
        header,
        seal: encodeCbor([2, new Uint8Array(bytes).fill(7)]),
        boxes: [{ subject: 'ab'.repeat(32) as Hash, to: device, generation: 1, sealed: platform.random(30) }],
      };
    },
    draft: async (where, bytes) => {
      const before = last.get(where);
      const made = writer.at(where, (before?.counter ?? 0) + 1, before?.header ?? null, bytes);
      last.set(where, { counter: (before?.counter ?? 0) + 1, header: await hashHeader(platform, made.header) });
      return made;
    },
    forget: () => last.clear(),
  };
  return writer;
}
