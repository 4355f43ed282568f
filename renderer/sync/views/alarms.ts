/** Warnings as shown; beside one of a recovered store, what came back and what still waits, as it is now. */
import type { Alarm } from '../../../shared/ipc/alarm.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import { RECOVERY_ALARMS } from '../cases/telling/alarms.ts';
import { contentsIn } from '../cases/import/leftovers.ts';
import type { Desktop } from '../desktop.ts';

export async function alarmsView(desktop: Desktop): Promise<readonly Alarm[]> {
  const open = desktop.session.alarms.open();
  if (!open.some(({ id }) => RECOVERY_ALARMS.includes(id))) return open;
  const details = await recoveredLines(desktop);
  return open.map((alarm) =>
    RECOVERY_ALARMS.includes(alarm.id) && details.length > 0 ? { ...alarm, details } : alarm,
  );
}

async function recoveredLines({ session, moving }: Desktop): Promise<readonly string[]> {
  const { db, facts, log, recovered } = session;
  const known = new Set<VersionId>(
    facts
      .all()
      .flatMap(({ fact }) => contentsIn(fact))
      .map(({ version }) => version),
  );
  const whole = [...known].filter((version) => moving.here.has(version)).length;
  return recovered.lines({
    unsent: await db.outbox.count(),
    closed: log.waits,
    files: { known: known.size, whole },
  });
}
