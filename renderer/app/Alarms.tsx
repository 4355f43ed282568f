/**
 * What the log proved or found wrong: a sentence and the next step, on every screen until a person says they have seen it.
 */
import { Button } from '../ui/Button.tsx';
import { whenText } from '../ui/format.ts';
import { ask } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';

export function Alarms() {
  const alarms = useView('alarms') ?? [];
  if (alarms.length === 0) return null;
  return (
    <section className="alarms" aria-label="Warnings">
      {alarms.map((alarm) => (
        <div key={alarm.id} className={alarm.serious ? 'trouble serious' : 'trouble'} role="alert">
          <strong>{alarm.sentence}</strong>
          <span>{alarm.next}</span>
          {alarm.details !== undefined && (
            <ul className="alarm-details">
              {alarm.details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <div className="row">
            <span className="quiet small">{whenText(alarm.at)}</span>
            <Button small onPress={() => ask((to) => to.seenAlarm(alarm.id))}>
              I have seen this
            </Button>
          </div>
        </div>
      ))}
    </section>
  );
}
