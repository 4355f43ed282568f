/**
 * Choosing for each step of the process who is responsible: as the process says, or one role alone.
 */
import type { StepRow } from '../../../shared/ipc/agreement.ts';
import type { Role, Side } from '../../../shared/model/roles.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';

type Responsibility = Agreement['responsibilities'][number];

interface ResponsibilitiesProps {
  readonly steps: readonly StepRow[];
  readonly responsibilities: readonly Responsibility[];
  readonly onChange: (all: Responsibility[]) => void;
}

const ALONE: readonly (readonly [Side, Role])[] = [
  ['police', 'officer'],
  ['police', 'supervisor'],
  ['police', 'disclosure officer'],
  ['police', 'file builder'],
  ['police', 'records manager'],
  ['prosecution', 'prosecutor'],
  ['prosecution', 'prosecution manager'],
  ['prosecution', 'paralegal'],
  ['prosecution', 'records manager'],
];

interface Whose {
  readonly side: Side;
  readonly roles: readonly Role[];
}
const textOf = ({ side, roles }: Whose): string => `${side}: ${roles.join(' or ')}`;

/** The process's own, what stands now, and each role alone. */
function optionsOf(step: StepRow, now: Whose): readonly Whose[] {
  const all = [step, now, ...ALONE.map(([side, role]) => ({ side, roles: [role] }))];
  return [...new Map(all.map((one) => [textOf(one), one])).values()];
}

export function Responsibilities({ steps, responsibilities, onChange }: ResponsibilitiesProps) {
  const set = (step: StepRow, whose: Whose, note: string): void => {
    const fresh = { step: step.id, side: whose.side, roles: [...whose.roles], note };
    const isThere = responsibilities.some((one) => one.step === step.id);
    onChange(
      isThere ? responsibilities.map((one) => (one.step === step.id ? fresh : one)) : [...responsibilities, fresh],
    );
  };
  return (
    <>
      {steps.map((step) => {
        const found = responsibilities.find((one) => one.step === step.id);
        const now: Whose = found ?? step;
        const options = optionsOf(step, now);
        return (
          <div key={step.id} className="row">
            <Choice
              label={step.title}
              value={textOf(now)}
              options={options.map((one) => ({ value: textOf(one), text: textOf(one) }))}
              onChange={(text) => set(step, options.find((one) => textOf(one) === text) ?? now, found?.note ?? '')}
            />
            <Field
              label={`Note: ${step.title}`}
              value={found?.note ?? ''}
              onChange={(note) => set(step, now, note.slice(0, 1000))}
            />
          </div>
        );
      })}
    </>
  );
}
