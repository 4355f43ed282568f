/**
 * What has happened in a case, newest first, each a sentence with its time.
 */
import type { ReactNode } from 'react';
import type { CaseView } from '../../shared/ipc/worker.ts';
import { timeText, whenText } from '../ui/format.ts';

const MOST = 200;

interface ActivityProps {
  readonly activity: CaseView['activity'];
  /** What can be done with the whole of it. */
  readonly acts?: ReactNode;
}

export function Activity({ activity, acts }: ActivityProps) {
  const newest = [...activity].sort((a, b) => b.at - a.at).slice(0, MOST);
  return (
    <section aria-labelledby="activity" className="part">
      <div className="row">
        <h2 id="activity">Activity</h2>
        {acts !== undefined && <div className="push">{acts}</div>}
      </div>
      {newest.length === 0 ? (
        <p className="quiet">Nothing has happened yet.</p>
      ) : (
        <ol className="events">
          {newest.map((event, index) => (
            <li key={`${event.at} ${index}`}>
              <time dateTime={new Date(event.at).toISOString()} title={whenText(event.at)}>
                {timeText(event.at)}
              </time>
              <span>{event.sentence}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
