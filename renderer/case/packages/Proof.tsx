/**
 * The proof of a receipt: the signed entry it rests on, verified again at the moment it is shown.
 */
import { useState } from 'react';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

interface Shown {
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly verified: boolean;
}

export function Proof({ hash }: { readonly hash: Hash }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const act = useAct();
  const show = (): void =>
    void act.run(async () => {
      const outcome = await worker().showProof(hash);
      if (outcome.ok) setShown(outcome.value);
      return outcome;
    });
  return (
    <div className="proof">
      <Button
        small
        expanded={shown !== null}
        busy={act.busy}
        onPress={() => (shown === null ? show() : setShown(null))}
      >
        {shown === null ? 'Show proof' : 'Hide proof'}
      </Button>
      {act.wrong !== null && <p className="needs">{act.wrong}</p>}
      {shown !== null && (
        <dl className="facts">
          <dt>Signature</dt>
          <dd>
            <span role="status" className={shown.verified ? undefined : 'needs'}>
              {shown.verified
                ? 'Verified just now with the computer’s key'
                : 'Does NOT verify: do not rely on this receipt, and tell your administrator'}
            </span>
          </dd>
          {shown.lines.map((line) => (
            <Line key={line.label} {...line} />
          ))}
        </dl>
      )}
    </div>
  );
}

const Line = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <>
    <dt>{label}</dt>
    <dd className={/^[0-9a-f]{32,}$/.test(value) ? 'mono' : undefined}>{value}</dd>
  </>
);
