/**
 * What becomes of each offence of the case: ticked, it is charged; left, no further action is taken on it. Each is written
 * into the decision by value, so that it stands as it was decided.
 */
import { useEffect } from 'react';
import type { AreaView } from '../../../../shared/ipc/worker.ts';
import type { WorkAct } from '../../../../shared/ipc/work.ts';
import type { CaseRecord } from '../../../../shared/model/record.ts';
import { valueOf } from '../../../../shared/model/record.ts';
import { Check } from '../../../ui/Check.tsx';
import { useRecordOf } from '../../record/useRecordOf.ts';

export type Offences = Extract<WorkAct, { is: 'decided' }>['offences'];

const offencesOf = (record: CaseRecord): Offences =>
  record.lists.offences.map(({ id, fields }) => ({
    path: `offences/${id}`,
    code: valueOf(fields, 'code').slice(0, 20),
    wording: valueOf(fields, 'wording').slice(0, 2500),
    outcome: 'charge',
  }));

export const isCharged = ({ outcome }: Offences[number]): boolean => outcome === 'charge';

interface ChargedProps {
  readonly area: AreaView;
  /** Null: nobody has chosen yet, and all of them count. */
  readonly chosen: Offences | null;
  readonly onChange: (chosen: Offences) => void;
}

export function Charged({ area, chosen, onChange }: ChargedProps) {
  const record = useRecordOf(area);
  useEffect(() => {
    if (record !== null && chosen === null) onChange(offencesOf(record));
  }, [record, chosen, onChange]);
  if (record === null) return <p className="quiet">Looking for the offences…</p>;
  const all = offencesOf(record);
  const isChosen = (path: string): boolean => chosen?.some((one) => one.path === path && isCharged(one)) ?? true;
  const tick = (path: string, is: boolean): void =>
    onChange(
      all.map((one) => ({
        ...one,
        outcome: (one.path === path ? is : isChosen(one.path)) ? 'charge' : 'no further action',
      })),
    );
  return (
    <fieldset className="field refs">
      <legend className="label">Offences that are charged</legend>
      {all.length === 0 && <span className="needs small">No offence is named in this case.</span>}
      {all.map(({ path, code, wording }) => (
        <Check key={path} selected={isChosen(path)} onChange={(is) => tick(path, is)}>
          {[code, wording].filter((part) => part !== '').join(', ') || 'An offence without a name'}
        </Check>
      ))}
    </fieldset>
  );
}
