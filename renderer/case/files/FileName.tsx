/**
 * A file's name in a list: cut where it is too long, with its kind below. The id lets buttons say which file they mean.
 */
import type { FileRow } from '../../../shared/ipc/worker.ts';
import { Clip } from '../../ui/Clip.tsx';
import { sizeText } from '../../ui/format.ts';
import { typeText } from './FileWords.tsx';

export const nameId = (file: FileRow): string => `name-${file.version}`;

export const FileName = ({ file, more }: { readonly file: FileRow; readonly more?: string }) => (
  <div className="title-cell">
    <strong id={nameId(file)} className="two-lines" title={file.name}>
      {file.name}
    </strong>
    <span className="quiet small">
      {typeText(file.type)}, {sizeText(file.bytes)}
    </span>
    {more !== undefined && <Clip className="quiet small" text={more} />}
  </div>
);
