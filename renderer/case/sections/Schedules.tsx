/**
 * A schedule as it builds itself from the material: what would be listed, and what its descriptions still lack.
 */
import { schedule } from '../../../shared/model/schedules.ts';
import type { RecordItem } from '../../../shared/model/record.ts';
import { countText } from '../../ui/format.ts';
import { ScheduleFrame } from '../record/ScheduleFrame.tsx';

interface SchedulesProps {
  readonly items: readonly RecordItem[];
  readonly sensitive: boolean;
}

export function Schedules({ items, sensitive }: SchedulesProps) {
  const { form, title, lines } = schedule(items, sensitive);
  const prompts = lines.filter(({ prompt }) => prompt !== null).length;
  return (
    <section className="part" aria-labelledby="schedule">
      <div className="row">
        <h3 id="schedule">
          {form}: {title}
        </h3>
        <span className="quiet small">
          {countText(lines.length, 'item', 'items')}
          {prompts > 0 && `, ${countText(prompts, 'description needs', 'descriptions need')} more`}
        </span>
      </div>
      {lines.length === 0 ? (
        <p className="quiet small">Nothing is to be listed yet.</p>
      ) : (
        <div className="scroll-x">
          <ScheduleFrame>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>{line.number}</td>
                <td>
                  {line.description}
                  {line.prompt !== null && <span className="prompt">{line.prompt}</span>}
                </td>
                <td>{line.location}</td>
                <td>{line.test}</td>
              </tr>
            ))}
          </ScheduleFrame>
        </div>
      )}
    </section>
  );
}
