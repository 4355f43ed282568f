/**
 * Two organisations that are partners, an officer in each, and a relay that serves both: where most tests begin.
 */
import type { AreaId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { intakeOf } from '../../../shared/seal/area/places.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { TestDevice } from './device.fixture.ts';
import { grant, newArea } from './device.fixture.ts';
import type { TestLink } from './link.fixture.ts';
import type { TestOrg } from './organisation.fixture.ts';
import { makeOrg } from './organisation.fixture.ts';
import type { RelayProcess } from './process.fixture.ts';
import { dropFolder, makeFolder, startRelay } from './process.fixture.ts';

export type Member = TestDevice & { readonly seat: SeatId; readonly person: PersonId };

export interface World {
  relay: RelayProcess;
  readonly police: TestOrg;
  readonly crown: TestOrg;
  readonly officer: Member;
  readonly prosecutor: Member;
  /** Publishes both directories as they stand. */
  publish(): Promise<void>;
  /** Kills or stops the relay and starts it again on its data. */
  restart(how: 'kill' | 'stop'): Promise<void>;
  end(): Promise<void>;
}

export const makeWorld = (...options: string[]): Promise<World> => makeWorldIn(makeFolder(), ...options);

/** The same, with the relay's data in this folder. */
export async function makeWorldIn(data: string, ...options: string[]): Promise<World> {
  const [police, crown] = await Promise.all([makeOrg('Police'), makeOrg('Prosecution')]);
  const [officer, prosecutor] = await Promise.all([police.officer(), crown.officer()]);
  await Promise.all([police.partner(crown), crown.partner(police)]);
  await police.addTo(data);
  await crown.addTo(data);
  const world: World = {
    relay: await startRelay(data, ...options),
    police,
    crown,
    officer,
    prosecutor,
    async publish() {
      await police.publish(world.relay.url);
      await crown.publish(world.relay.url);
    },
    async restart(how) {
      await (how === 'kill' ? world.relay.kill() : world.relay.stop());
      world.relay = await startRelay(data, ...options);
    },
    async end() {
      await world.relay.kill();
      dropFolder(data);
    },
  };
  await world.publish();
  return world;
}

/** A new area that only this member's post may read, at the relay. */
export async function ownArea(link: TestLink, member: Member): Promise<AreaId> {
  const area = newArea();
  const answer = await link.append(await member.create(area, [grant(member.seat, member.org)]));
  if (answer.t !== 'appended') throw new Error(`the area was not taken: ${JSON.stringify(answer)}`);
  return area;
}

export const intake = (member: Member): Promise<AreaId> => intakeOf(platform, member.org, member.seat);
