/**
 * Choosing a colleague to give work to: a person in one of their posts. Owns how they are named in a list.
 */
import type { Party } from '../../../../shared/model/facts/parts.ts';
import { Choice } from '../../../ui/Choice.tsx';

interface ColleagueProps {
  readonly label: string;
  readonly from: readonly Party[];
  readonly value: Party | null;
  readonly onChange: (to: Party | null) => void;
  /** What stands for nobody by name; without it somebody must be chosen. */
  readonly nobody?: string;
}

const NOBODY = 'nobody';
const keyOf = ({ person, seat }: Party): string => `${person} ${seat}`;

export const Colleague = ({ label, from, value, onChange, nobody }: ColleagueProps) => (
  <Choice
    label={label}
    value={value ? keyOf(value) : nobody === undefined ? null : NOBODY}
    onChange={(key) => onChange(from.find((one) => keyOf(one) === key) ?? null)}
    placeholder="Choose a colleague"
    options={[
      ...(nobody === undefined ? [] : [{ value: NOBODY, text: nobody }]),
      ...from.map((one) => ({ value: keyOf(one), text: one.personName, hint: one.post })),
    ]}
  />
);
