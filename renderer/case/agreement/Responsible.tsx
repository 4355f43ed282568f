/**
 * Who is responsible for which step: by the agreement in force where it says so, else by the process.
 */
import type { StepRow } from '../../../shared/ipc/agreement.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';

interface ResponsibleProps {
  readonly steps: readonly StepRow[];
  readonly agreement: Agreement | null;
}

export function Responsible({ steps, agreement }: ResponsibleProps) {
  const agreed = new Map(agreement?.responsibilities.map((one) => [one.step, one]));
  return (
    // A long list is scrolled by keyboard: it takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll-x schedule-rows" tabIndex={0} role="group" aria-label="Who is responsible for which step">
      <table className="schedule">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Stage</th>
            <th scope="col">Responsible</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => {
            const found = agreed.get(step.id);
            const { side, roles } = found ?? step;
            return (
              <tr key={step.id}>
                <td>{step.title}</td>
                <td>{step.stages.join(', ')}</td>
                <td>
                  {side}: {roles.join(' or ')}
                  <span className="quiet small block">
                    {found === undefined ? 'by the process' : 'by the agreement'}
                    {found !== undefined && found.note !== '' && `: ${found.note}`}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
