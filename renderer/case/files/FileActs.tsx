/**
 * What can be done with a file now. Each button has the same name on every row; which file it means is its description.
 */
import { useState } from 'react';
import type { FileRow } from '../../../shared/ipc/worker.ts';
import type { PackageId } from '../../../shared/primitives/ids.ts';
import type { Word } from '../../../shared/status/words.ts';
import { assertNever } from '../../../shared/primitives/result.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { ask, worker } from '../../worker/connection.ts';
import { FileDetails } from './FileDetails.tsx';
import { nameId } from './FileName.tsx';
import { ReasonDialog } from '../packages/ReasonDialog.tsx';

interface FileActsProps {
  readonly file: FileRow;
  /** The package in which it is shown, where it may be dropped from. */
  readonly inPackage?: PackageId;
}

export function FileActs({ file, inPackage }: FileActsProps) {
  const view = useScreens((screens) => screens.view);
  const [asking, setAsking] = useState<'details' | 'drop' | 'error' | null>(null);
  const about = nameId(file);
  const moving = file.progress !== null || file.paused;
  const close = (): void => setAsking(null);
  const canError = inPackage !== undefined && file.canError;
  return (
    <>
      {(file.canOpen || !moving) && (
        <Button
          small
          about={about}
          disabled={!file.canOpen}
          onPress={() => view({ version: file.version, name: file.name })}
        >
          Open
        </Button>
      )}
      {moving &&
        (file.paused ? (
          <Button small about={about} onPress={() => ask((to) => to.resume(file.version))}>
            Resume
          </Button>
        ) : (
          <Button small about={about} onPress={() => ask((to) => to.pause(file.version))}>
            Pause
          </Button>
        ))}
      <Mend file={file} onDrop={inPackage === undefined ? null : () => setAsking('drop')} />
      <Button small kind="bare" about={about} onPress={() => setAsking('details')}>
        {file.receipts.length > 0 ? `Receipts (${file.receipts.length})` : 'Details'}
      </Button>
      {asking === 'details' && (
        <FileDetails file={file} onClose={close} onError={canError ? () => setAsking('error') : null} />
      )}
      {asking === 'error' && inPackage !== undefined && (
        <ReasonDialog
          title="This file was sent in error"
          act="Sent in error"
          about={`${file.name}: every computer of the receiver that could hold it destroys its copy, key and chunks, and signs that it did; the relay destroys it too. One that is off line does it when it is next on line. Your original stays, and so does the rest of the package. What was seen or exported cannot be taken back. Both sides see your reason. This cannot be undone.`}
          onClose={close}
          run={(reason) => worker().sentInError(inPackage, [file.version], reason)}
        />
      )}
      {asking === 'drop' && inPackage !== undefined && (
        <ReasonDialog
          title="Drop this file from the package"
          act="Drop file"
          about={`${file.name} will not be sent with this package. The others go on. Your reason is recorded and the receiver can read it.`}
          onClose={close}
          run={(reason) => worker().dropFile(inPackage, file.version, reason)}
        />
      )}
    </>
  );
}

/** The one button that mends what a condition or a word says. */
function Mend({ file, onDrop }: { readonly file: FileRow; readonly onDrop: (() => void) | null }) {
  const mends = [file.condition, file.here, file.happened]
    .map((word) => word?.mend)
    .filter((mend) => mend !== undefined);
  const about = nameId(file);
  const [mend] = mends;
  return (
    <>
      {mend !== undefined && <MendButton mend={mend} file={file} about={about} onDrop={onDrop} />}
      {mend !== 'drop' && file.canDrop && onDrop !== null && (
        <Button small about={about} onPress={onDrop}>
          Drop…
        </Button>
      )}
    </>
  );
}

interface MendButtonProps {
  readonly mend: NonNullable<Word['mend']>;
  readonly file: FileRow;
  readonly about: string;
  readonly onDrop: (() => void) | null;
}

function MendButton({ mend, file, about, onDrop }: MendButtonProps) {
  switch (mend) {
    case 'retry':
    case 'free space':
      return (
        <Button small about={about} onPress={() => ask((to) => to.retryNow())}>
          Try now
        </Button>
      );
    case 'fetch':
      return (
        <Button small about={about} onPress={() => ask((to) => to.fetchAgain(file.version))}>
          Fetch
        </Button>
      );
    case 'drop':
      return onDrop === null ? null : (
        <Button small about={about} onPress={onDrop}>
          Drop…
        </Button>
      );
    case 'resume': // stands beside every moving file
    case 'ask': // the word itself says whom
      return null;
    default:
      return assertNever(mend);
  }
}
