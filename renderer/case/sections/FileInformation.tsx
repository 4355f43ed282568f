/**
 * The file itself: its stage, who works on it, and what the prosecutor must be told that stands in no list.
 */
import { RegisterField } from '../record/RegisterField.tsx';
import type { SectionProps } from './sectionProps.ts';

/** A stage is moved by an act with a reason, under Check, and never by writing it. */
const STAGE = 'stage';

export const FileInformation = ({ record, path }: SectionProps) => (
  <div className="wide-lists">
    <div className="record-fields file-information">
      {[...record.fields.values()]
        .filter((value) => value.field.key !== STAGE)
        .map((value) => (
          <RegisterField key={value.path} value={value} focus={path === `case/${value.field.key}`} />
        ))}
    </div>
  </div>
);
