/**
 * Taking in what is on a stick: what came, and everything that was refused, with why. Nothing of it is said in passing: the list
 * stays until it is closed.
 */
import './stick.css';
import { useState } from 'react';
import type { StickPackage, StickReport } from '../../shared/ipc/stick.ts';
import { STICK_LOST } from '../../shared/status/stickCauses.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { capital, countText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';
import { StickProgress } from './StickProgress.tsx';

export function ImportStick() {
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<StickReport | null>(null);
  const act = useAct();
  const close = (): void => {
    setAsking(false);
    setReport(null);
    act.clear();
  };
  const choose = (): void =>
    void act.run(async () => {
      const tokens = await desktop().chooseFiles('files');
      if (tokens.length > 0) setReport(await worker().importStick(tokens));
    });
  return (
    <>
      <Button onPress={() => setAsking(true)}>Import from stick…</Button>
      <Ask title="Import from stick" open={asking} wide={report !== null} {...(!act.busy && { onClose: close })}>
        {report === null ? (
          <div className="stack">
            <p>
              Choose the files on the stick that end in .stick, all parts of a bundle together. It needs no network.
              What was sent to your posts, and receipts for what you sent, are taken in; whatever is not whole, or not
              from a partner, is refused and named.
            </p>
            {act.busy && <StickProgress />}
          </div>
        ) : (
          <Came report={report} />
        )}
        {act.wrong !== null && <Trouble sentence="The stick was not read to its end." next={act.wrong} />}
        <footer>
          {!act.busy && <Button onPress={close}>{report === null ? 'Cancel' : 'Close'}</Button>}
          {report === null && (
            <Button kind="main" onPress={choose} busy={act.busy}>
              {act.busy ? 'Reading…' : 'Choose the files'}
            </Button>
          )}
        </footer>
      </Ask>
    </>
  );
}

/** In one line: what was news here. */
function summaryOf({ from, packages, words, known }: StickReport): string {
  const fresh = packages.filter(({ isNew }) => isNew).length;
  const news = [
    ...(fresh > 0 ? [countText(fresh, 'new package')] : []),
    ...(words > 0 ? [countText(words, 'receipt or answer', 'receipts and answers')] : []),
  ].join(' and ');
  if (from.length === 0) return 'Nothing was taken in.';
  if (news !== '') return `${capital(news)} came from ${from.join(' and ')}.`;
  return known > 0 || packages.length > 0
    ? `Everything that ${from.join(' and ')} says here was known already.`
    : `${from.join(' and ')} says nothing here that could be taken in.`;
}

function Came({ report }: { readonly report: StickReport }) {
  const { packages, refused } = report;
  return (
    <div className="stack">
      <p role="status">
        <strong>{summaryOf(report)}</strong>
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, by keyboard too */}
      <div className="stick-report" tabIndex={0} role="group" aria-label="What was on the stick">
        {packages.map((one) => (
          <PackageCame key={one.package} came={one} />
        ))}
        {refused.length > 0 && (
          <section>
            <h3 className="needs">Refused</h3>
            <ul>
              {refused.map(({ what, why, sentence }, i) => (
                <li key={`${i} ${what}`}>
                  <strong>
                    {what}: {why}.
                  </strong>{' '}
                  {sentence}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

function PackageCame({ came: { caseTitle, purpose, files } }: { readonly came: StickPackage }) {
  const lost = files.filter((file) => file.lost !== null);
  return (
    <section>
      <h3>{caseTitle}</h3>
      <p className="quiet">
        {capital(purpose)}: {files.length - lost.length} of {countText(files.length, 'file')} whole.
        {lost.length === 0 && ' They are in your Inbox.'}
      </p>
      {lost.length > 0 && (
        <ul>
          {lost.map(({ name, lost: why }, i) => (
            <li key={`${i} ${name}`}>
              {why !== null && (
                <>
                  <strong>
                    {name}: {STICK_LOST[why].short}.
                  </strong>{' '}
                  {STICK_LOST[why].sentence}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
