/**
 * The acts on a whole package: accept, return and withdraw, with why one has to wait.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { ExportStick } from '../../stick/ExportStick.tsx';
import { worker } from '../../worker/connection.ts';
import { Allocate } from './Allocate.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';

interface PackageActsProps {
  readonly pkg: PackageRow;
  readonly canGo: boolean;
  readonly canAnswer: boolean;
  readonly onAnswer: () => void;
  /** What else can be asked of the package: the last of its acts. */
  readonly children: ReactNode;
}

export function PackageActs({ pkg, canGo, canAnswer, onAnswer, children }: PackageActsProps) {
  const [asking, setAsking] = useState<'return' | 'withdraw' | 'error' | 'allocate' | 'stick' | null>(null);
  const go = useScreens((screens) => screens.go);
  const act = useAct();
  const close = (): void => setAsking(null);
  const returned = pkg.direction === 'sent' && pkg.word.text.startsWith('Returned');
  return (
    <>
      <div className="row package-acts">
        {(pkg.can.accept || pkg.acceptWaits !== null) && (
          <Button
            kind="main"
            disabled={!pkg.can.accept}
            busy={act.busy}
            onPress={() => void act.run(() => worker().accept(pkg.package))}
            {...(pkg.acceptWaits !== null && { about: 'accept-waits' })}
          >
            Accept
          </Button>
        )}
        {pkg.can.return && <Button onPress={() => setAsking('return')}>Return</Button>}
        {pkg.allocateTo.length > 0 && <Button onPress={() => setAsking('allocate')}>Allocate…</Button>}
        {pkg.can.stick !== null && (
          <Button onPress={() => setAsking('stick')}>
            {pkg.can.stick === 'package' ? 'Export to stick…' : 'Receipts to stick…'}
          </Button>
        )}
        {pkg.can.sendByLink && (
          <Button busy={act.busy} onPress={() => void act.run(() => worker().sendByLink(pkg.package))}>
            Send over the link too
          </Button>
        )}
        {pkg.can.withdraw && (
          <Button kind="danger" onPress={() => setAsking('withdraw')}>
            Withdraw
          </Button>
        )}
        {pkg.can.error && (
          <Button kind="danger" onPress={() => setAsking('error')}>
            Sent in error…
          </Button>
        )}
        {returned && canAnswer && (
          <Button kind="main" onPress={onAnswer}>
            Answer with a new package
          </Button>
        )}
        {canGo && (
          <Button
            onPress={() =>
              go({ at: 'case', case: pkg.case, place: pkg.direction === 'sent' ? 'working papers' : 'case file' })
            }
          >
            Go to the case
          </Button>
        )}
        {children}
        {pkg.acceptWaits !== null && (
          <span id="accept-waits" className="quiet">
            {pkg.acceptWaits}
          </span>
        )}
      </div>
      {act.wrong !== null && <Trouble sentence="This was not done." next={act.wrong} />}
      {asking === 'stick' && <ExportStick only={pkg.package} onClose={close} />}
      {asking === 'allocate' && <Allocate pkg={pkg} onClose={close} />}
      {asking === 'return' && <ReturnDialog pkg={pkg} onClose={close} />}
      {asking === 'error' && (
        <ReasonDialog
          title="This package was sent in error"
          act="Sent in error"
          onClose={close}
          run={(reason) => worker().sentInError(pkg.package, 'all', reason)}
          about={`Every computer of ${pkg.org} that could hold these files destroys its copies, keys and chunks, and signs that it did; the relay destroys them too. One that is off line does it when it is next on line. Your originals stay. What was seen or exported cannot be taken back, and the text of the Case file stays as it is. Both sides see your reason. This cannot be undone.`}
        />
      )}
      {asking === 'withdraw' && (
        <ReasonDialog
          title="Withdraw this package"
          act="Withdraw"
          onClose={close}
          run={(reason) => worker().withdraw(pkg.package, reason)}
          about={`What ${pkg.org} has not fetched yet, it cannot fetch any more; if nothing was delivered yet, it never reads the Case file that this release made. What was delivered stays there, marked as withdrawn: it cannot be un-seen. Both sides see your reason.`}
        />
      )}
    </>
  );
}
