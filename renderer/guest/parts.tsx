/** What guest and team both see of what is shared: files with where they are, and what was written. */
import './guest.css';
import type { GuestFile, GuestLine } from '../../shared/ipc/guests.ts';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { sizeText, whenText } from '../ui/format.ts';
import { Status } from '../ui/Word.tsx';

interface GuestFilesProps {
  readonly label: string;
  readonly files: readonly GuestFile[];
  /** An act of the team on a file; absent where there is none. */
  readonly onTake?: (file: GuestFile) => void;
}

export function GuestFiles({ label, files, onTake }: GuestFilesProps) {
  const view = useScreens((screens) => screens.view);
  return (
    <table className="guest-files" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" style={{ width: '5.5rem' }}>
            Size
          </th>
          <th scope="col" style={{ width: '28%' }}>
            From
          </th>
          <th scope="col" style={{ width: '10rem' }}>
            Where it is
          </th>
          <th scope="col" style={{ width: onTake ? '13rem' : '5rem' }}>
            Acts
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.version}>
            <td>{file.name}</td>
            <td>{sizeText(file.bytes)}</td>
            <td>
              {file.by} <span className="quiet small">{whenText(file.at)}</span>
            </td>
            <td>
              <Status word={file.word} />
            </td>
            <td>
              <span className="row">
                <Button
                  small
                  name={`Open ${file.name}`}
                  disabled={!file.canOpen}
                  onPress={() => view({ version: file.version, name: file.name })}
                >
                  Open
                </Button>
                {onTake &&
                  (file.taken ? (
                    <span className="quiet small">In Working papers</span>
                  ) : (
                    <Button small name={`Add ${file.name} to the case`} onPress={() => onTake(file)}>
                      Add to the case
                    </Button>
                  ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const GuestLines = ({ label, lines }: { readonly label: string; readonly lines: readonly GuestLine[] }) => (
  <ul className="guest-lines" aria-label={label}>
    {lines.map((line) => (
      <li key={`${line.at} ${line.by}`}>
        <span className="quiet small">
          {line.own ? 'You' : line.by}, {whenText(line.at)}
        </span>
        <p>{line.text}</p>
      </li>
    ))}
  </ul>
);
