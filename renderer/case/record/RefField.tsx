/**
 * A field that points at other rows of the record: a person, an offence, a statement. What it points at is shown by the
 * name that the row has now.
 */
import { useContext } from 'react';
import type { Field } from '../../../shared/model/formats/field.ts';
import { LISTS, isListName } from '../../../shared/model/formats/index.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { dayText } from '../../ui/format.ts';
import { FilesContext } from './filesContext.ts';
import { RecordContext } from './recordContext.ts';

interface Target {
  readonly id: string;
  readonly name: string;
}

/** What a reference can point at, in the order of the lists. */
function targetsOf(record: CaseRecord, files: readonly Target[], field: Field): readonly Target[] {
  return (field.to ?? []).flatMap((to) => {
    if (to === 'files') return files;
    if (!isListName(to)) return [];
    const { one } = LISTS[to];
    return record.lists[to].map((item, index) => ({
      id: item.id,
      name: item.name || `${one} ${index + 1}, not named`,
    }));
  });
}

/** Takes a choice back. No id and no choice of a table reads like this. */
export const NOT_GIVEN = { value: ' ', text: 'Not given' };

const NO_FILES: readonly Target[] = [];

/** A stored value as a person reads it: references by name, days as people write them. */
export function asRead(record: CaseRecord, field: Field, value: string, files: readonly Target[] = NO_FILES): string {
  if (field.type === 'date') return dayText(value);
  if (field.type !== 'ref' && field.type !== 'refs') return value;
  const targets = targetsOf(record, files, field);
  return value
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => targets.find((target) => target.id === id)?.name ?? 'something that is not here')
    .join(', ');
}

interface RefFieldProps {
  readonly field: Field;
  readonly now: string;
  readonly onSet: (value: string) => void;
}

export function RefField({ field, now, onSet }: RefFieldProps) {
  const place = useContext(RecordContext);
  const files = useContext(FilesContext);
  if (place === null) return null;
  const targets = targetsOf(place.record, files, field);
  const chosen = now.split(' ').filter((id) => id !== '');
  if (field.type === 'ref') {
    const gone = now !== '' && !targets.some(({ id }) => id === now);
    return (
      <Choice
        label={field.label}
        value={now === '' ? null : now}
        placeholder="Not given"
        options={[
          ...(now === '' ? [] : [NOT_GIVEN]),
          ...targets.map(({ id, name }) => ({ value: id, text: name })),
          ...(gone ? [{ value: now, text: 'Something that is not here' }] : []),
        ]}
        onChange={(to) => onSet(to === NOT_GIVEN.value ? '' : to)}
      />
    );
  }
  return (
    <fieldset className="field refs">
      <legend className="label">{field.label}</legend>
      {targets.length === 0 && <span className="quiet small">Nobody to choose yet.</span>}
      {targets.map(({ id, name }) => (
        <Check
          key={id}
          selected={chosen.includes(id)}
          onChange={(is) => onSet((is ? [...chosen, id] : chosen.filter((one) => one !== id)).join(' '))}
        >
          {name}
        </Check>
      ))}
    </fieldset>
  );
}
