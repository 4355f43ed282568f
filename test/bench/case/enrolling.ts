/** Computers of a benchmark: enrolled through the window, 1280×800, patient, and ended together. */
import path from 'node:path';
import type { Actor } from '../../e2e/actors.ts';
import { actor } from '../../e2e/actors.ts';
import type { Computer } from '../../support/launch.ts';
import { killComputer, launchComputer } from '../../support/launch.ts';
import type { Servers } from '../../support/servers.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';

interface Enrolling {
  readonly enrolled: (role: 'officer' | 'prosecutor') => Promise<Actor>;
  readonly endAll: () => Promise<void>;
}

/** `dir`: where their profiles lie. */
export function enrollingIn(dir: string, servers: Servers): Enrolling {
  const computers: Computer[] = [];
  return {
    enrolled: async (role) => {
      const computer = await launchComputer({ profile: path.join(dir, role) });
      computers.push(computer);
      computer.window.setDefaultTimeout(5 * MINUTE);
      const person = actor(computer);
      await person.enrol(servers.relayUrl, await servers.newCode(role), `${role}’s laptop`);
      await computer.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((one) => one.isVisible())
          ?.setContentSize(1280, 800),
      );
      return person;
    },
    endAll: async () => void (await Promise.all(computers.map((computer) => killComputer(computer)))),
  };
}
