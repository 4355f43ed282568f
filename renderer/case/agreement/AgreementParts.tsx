/**
 * The parts of an agreement that is written: purposes, basis, marking, retention, and who is responsible for which step.
 * What somebody wrote anew was not held against its source, and says so.
 */
import type { StepRow } from '../../../shared/ipc/agreement.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Responsibilities } from './Responsibilities.tsx';

interface PartsProps {
  readonly draft: Agreement;
  readonly steps: readonly StepRow[];
  readonly onChange: (part: Partial<Agreement>) => void;
}

/** A list with one entry replaced. */
const withOne = <T,>(list: readonly T[], at: number, one: T): T[] => list.map((each, i) => (i === at ? one : each));
const OWN = { source: 'Agreed between the parties', verified: false };

export function AgreementParts({ draft, steps, onChange }: PartsProps) {
  const { purposes, basis, markings, retention } = draft;
  return (
    <>
      <Field
        label="Purposes, one on each line"
        lines={4}
        value={purposes.join('\n')}
        onChange={(text) => onChange({ purposes: text.split('\n') })}
      />
      <details className="agreement-part">
        <summary>Lawful basis ({basis.length})</summary>
        <div>
          {basis.map((one, at) => (
            <div key={at} className="row">
              <Field
                label={`Basis ${at + 1}`}
                value={one.text}
                onChange={(text) => onChange({ basis: withOne(basis, at, { ...one, text, verified: false }) })}
              />
              <Field
                label={`Source of basis ${at + 1}`}
                value={one.source}
                onChange={(source) => onChange({ basis: withOne(basis, at, { ...one, source, verified: false }) })}
              />
            </div>
          ))}
          <Button small kind="bare" onPress={() => onChange({ basis: [...basis, { text: '', ...OWN }] })}>
            Add a basis
          </Button>
        </div>
      </details>
      <details className="agreement-part">
        <summary>Marking ({markings.length})</summary>
        <div>
          <p className="quiet small">
            A marking whose rule is left empty is not covered: a case that bears it is named by Check.
          </p>
          {markings.map((one, at) => (
            <Field
              key={one.marking}
              label={one.marking}
              value={one.rule}
              onChange={(rule) => onChange({ markings: withOne(markings, at, { ...one, rule, ...OWN }) })}
            />
          ))}
        </div>
      </details>
      <details className="agreement-part">
        <summary>Retention ({retention.length})</summary>
        <div>
          <p className="quiet small">These classes are offered when the case is closed.</p>
          {retention.map((one, at) => (
            <div key={one.code} className="row">
              <Field
                label={`Class ${at + 1}`}
                value={one.title}
                onChange={(title) =>
                  onChange({ retention: withOne(retention, at, { ...one, title, verified: false }) })
                }
              />
              <Field
                label={`How long class ${at + 1} is kept`}
                value={one.keep}
                onChange={(keep) => onChange({ retention: withOne(retention, at, { ...one, keep, verified: false }) })}
              />
              <Field
                label={`Months until class ${at + 1} is reviewed`}
                value={one.reviewAfter === null ? '' : String(one.reviewAfter)}
                onChange={(text) => {
                  const count = /^\d{1,4}$/.test(text) ? Math.min(Math.max(Number(text), 1), 1200) : null;
                  onChange({ retention: withOne(retention, at, { ...one, reviewAfter: count, verified: false }) });
                }}
              />
            </div>
          ))}
        </div>
      </details>
      <details className="agreement-part">
        <summary>Who is responsible for which step ({steps.length})</summary>
        <div>
          <Responsibilities
            steps={steps}
            responsibilities={draft.responsibilities}
            onChange={(responsibilities) => onChange({ responsibilities })}
          />
        </div>
      </details>
    </>
  );
}
