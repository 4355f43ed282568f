/**
 * A file's name in a list: cut where it is too long, with its kind below. The id lets buttons say which file they mean.
 */
import { NAME_WORDS } from '../../../shared/status/nameWords.ts';
import type { FileRow } from '../../../shared/ipc/worker.ts';
import { Clip } from '../../ui/Clip.tsx';
import { sizeText } from '../../ui/format.ts';
import { typeText } from './FileWords.tsx';

export const nameId = (file: FileRow): string => `name-${file.version}`;

/** What a file's row is called: later versions by their number too. */
export const fileRowName = ({ name, number }: Pick<FileRow, 'name' | 'number'>): string =>
  number > 1 ? `${name}, version ${number}` : name;

interface FileNameProps {
  readonly file: FileRow;
  readonly more?: string;
  /** What it is called in the case, where somebody gave it another name than its own. */
  readonly title?: string;
  readonly isNew?: boolean;
}

export const FileName = ({ file, more, title = file.name, isNew }: FileNameProps) => (
  <div className="title-cell">
    <strong id={nameId(file)} className="two-lines" title={title}>
      {isNew === true && <span className="new-mark">New</span>}
      {title}
    </strong>
    {title !== file.name && <Clip className="quiet small" text={file.name} />}
    <span className="quiet small">
      {file.number > 1 && <strong>Version {file.number}, </strong>}
      {typeText(file.type)}, {sizeText(file.bytes)}
    </span>
    {file.oddity !== undefined && (
      <span className="small odd-name" title={NAME_WORDS[file.oddity].sentence}>
        Take care: {NAME_WORDS[file.oddity].short}
      </span>
    )}
    {more !== undefined && <Clip className="quiet small" text={more} />}
  </div>
);
