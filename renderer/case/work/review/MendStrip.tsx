/**
 * What somebody came to mend by a link, kept in sight below the place where it is mended: the finding, that it is mended once it is,
 * and the way to the next one, so that a list of findings is worked off without going back to it each time.
 */
import './mend.css';
import { useEffect, useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { CheckView } from '../../../../shared/ipc/check.ts';
import { placeName } from '../../../../shared/model/formats/placeName.ts';
import type { Finding } from '../../../../shared/model/rules/preflight/preflight.ts';
import { useScreens } from '../../../state/route.ts';
import { Button } from '../../../ui/Button.tsx';
import { useCheck } from '../../../worker/views.ts';
import { partsOf } from '../inOrder.ts';
import { routeTo } from '../PathLink.tsx';

interface MendStripProps {
  readonly view: CaseView;
  readonly path: string;
}

export function MendStrip(props: MendStripProps) {
  const check = useCheck(props.view.row.case);
  return check === undefined ? null : <Strip key={props.path} {...props} check={check} />;
}

/** What was found at the path, and the paths of the others then, from there on and round: mending one may mend several. */
interface Found {
  readonly finding: Finding;
  readonly onwards: readonly string[];
}

function Strip({ view, path, check }: MendStripProps & { readonly check: CheckView }) {
  const [found, setFound] = useState<Found | null>(null);
  const go = useScreens((screens) => screens.go);
  const route = useScreens((screens) => screens.route);
  const order = partsOf(
    check.findings.filter(({ severity }) => severity === 'fault'),
    check.hints,
  ).flatMap((part) => part.findings);
  const at = order.findIndex((one) => one.mend === path);
  const now = order[at];
  if (now !== undefined && found?.finding.sentence !== now.sentence)
    setFound({ finding: now, onwards: [...order.slice(at), ...order.slice(0, at)].map((one) => one.mend) });
  const others = order.filter((one) => one.mend !== path);
  const nextPath = found?.onwards.find((onward) => others.some((one) => one.mend === onward));
  const next = others.find((one) => one.mend === nextPath) ?? others[0];
  const goOn = (): void => {
    if (next !== undefined) go(routeTo(view.row.case, next.mend, check.hints[next.mend], route));
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== 'n') return;
      event.preventDefault();
      goOn();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  if (found === null) return null;
  return (
    <section className="mend row" aria-label="From Check">
      <p role="status">
        {now === undefined ? (
          <strong className="mended">Mended. {next === undefined && 'Nothing else to mend is left.'}</strong>
        ) : (
          <>
            <strong>To mend:</strong> {now.sentence}
          </>
        )}
      </p>
      <span className="push row">
        {next !== undefined && (
          <Button small name={`Next to mend: ${placeName(next.mend, check.hints[next.mend]?.row)}`} onPress={goOn}>
            Next to mend (Alt+N)
          </Button>
        )}
        <Button
          small
          kind="bare"
          onPress={() => go({ at: 'case', case: view.row.case, place: 'working papers', section: 'check' })}
        >
          Back to Check
        </Button>
      </span>
    </section>
  );
}
