/**
 * The file itself: its stage, who works on it, and what the prosecutor must be told that stands in no list.
 */
import { RegisterField } from '../record/RegisterField.tsx';
import type { SectionProps } from './sectionProps.ts';

export const FileInformation = ({ record, path }: SectionProps) => (
  <div className="wide-lists">
    <div className="record-fields file-information">
      {[...record.fields.values()].map((value) => (
        <RegisterField key={value.path} value={value} focus={path === `case/${value.field.key}`} />
      ))}
    </div>
  </div>
);
