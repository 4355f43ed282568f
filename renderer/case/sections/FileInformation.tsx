/**
 * The file itself: its stage, who works on it, and what the prosecutor must be told that stands in no list.
 */
import { RegisterField } from '../record/RegisterField.tsx';
import type { SectionProps } from './sectionProps.ts';

/** A stage is moved by an act with a reason, under Check; which agreement binds follows from its acceptance. Neither is written. */
const NOT_WRITTEN = new Set(['stage', 'agreement']);

export const FileInformation = ({ record, path }: SectionProps) => (
  <div className="wide-lists">
    <div className="record-fields file-information">
      {[...record.fields.values()]
        .filter((value) => !NOT_WRITTEN.has(value.field.key))
        .map((value) => (
          <RegisterField key={value.path} value={value} focus={path === `case/${value.field.key}`} />
        ))}
    </div>
  </div>
);
