/**
 * An organisation for tests: its authority's keys and a directory that grows by statements, made with the real functions
 * and with no authority process. `publish` sends what the relay lacks over a real authority link.
 */
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { KeyPair } from '../../../shared/primitives/platform.ts';
import { exportPublicKey, generateSigningKeys, importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Card } from '../../../shared/seal/directory/card.ts';
import { encodeCard, orgIdOf } from '../../../shared/seal/directory/card.ts';
import type { DirectoryState, SignedStatement, Statement } from '../../../shared/seal/directory/directory.ts';
import { emptyDirectory, extendDirectory, signStatement } from '../../../shared/seal/directory/directory.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import { connectAuthority } from './authorityLink.fixture.ts';
import type { TestDevice } from './device.fixture.ts';
import { makeDevice } from './device.fixture.ts';
import { runHere } from './commandLine.fixture.ts';

export interface TestOrg {
  readonly org: OrgId;
  readonly card: Card;
  readonly keys: KeyPair;
  readonly statements: readonly SignedStatement[];
  directory(): DirectoryState;
  state(statement: Statement): Promise<void>;
  /** A post, a person who holds it, and a device of theirs. */
  officer(): Promise<TestDevice & { readonly seat: SeatId; readonly person: PersonId }>;
  /** One more device of a person. */
  device(person: PersonId): Promise<TestDevice>;
  partner(other: TestOrg): Promise<void>;
  revoke(device: DeviceId): Promise<void>;
  /** Adds the organisation to a relay's folder, by its command. */
  addTo(data: string): Promise<void>;
  /** Sends the relay what it lacks of this directory. */
  publish(url: string): Promise<void>;
}

export async function makeOrg(name: string): Promise<TestOrg> {
  const keys = await generateSigningKeys(platform);
  const signKey = await exportPublicKey(platform, keys.publicKey);
  const card: Card = { name, signKey, boxKey: (await generateBoxKeys()).publicKey };
  const org = await orgIdOf(platform, signKey);
  const verifyKey = await importVerifyKey(platform, signKey);
  const statements: SignedStatement[] = [];
  let directory = emptyDirectory(org);

  async function state(statement: Statement): Promise<void> {
    const signed = await signStatement(platform, keys.privateKey, directory, platform.now(), statement);
    const next = await extendDirectory(platform, verifyKey, directory, signed);
    if (!next.ok) throw new Error(next.cause);
    directory = next.value;
    statements.push(signed);
  }

  async function device(person: PersonId): Promise<TestDevice> {
    const made = await makeDevice(org);
    await state({
      is: 'device',
      device: made.device,
      person,
      name: 'laptop',
      signKey: made.signKey,
      boxKey: made.boxKeys.publicKey,
    });
    return made;
  }

  async function officer() {
    const seat = newId<SeatId>(platform);
    const person = newId<PersonId>(platform);
    await state({ is: 'post', seat, title: 'Officer', unit: 'Unit' });
    await state({ is: 'person', person, name: 'A. Person' });
    await state({ is: 'holds', person, seat });
    return { ...(await device(person)), seat, person };
  }

  return {
    org,
    card,
    keys,
    statements,
    state,
    device,
    officer,
    directory: () => directory,
    partner: (other) =>
      state({
        is: 'partner',
        org: other.org,
        name: other.card.name,
        signKey: other.card.signKey,
        boxKey: other.card.boxKey,
      }),
    revoke: (gone) => state({ is: 'revoked', device: gone }),
    async addTo(data) {
      const { code, err } = await runHere('org', 'add', '--authority', encodeCard(card), '--data', data);
      if (code !== 0) throw new Error(err);
    },
    async publish(url) {
      const link = await connectAuthority(url, org, keys.privateKey);
      await link.publish(statements);
      await link.close();
    },
  };
}
