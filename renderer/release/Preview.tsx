/**
 * What the receiver will newly see, said before it is released: the text included, word for word.
 */
import type { ReceiverRow, Release, ReleasePreview } from '../../shared/ipc/release.ts';
import { groupedText, sizeText, whenText } from '../ui/format.ts';
import type { PreviewState } from './usePreview.ts';

interface PreviewProps {
  readonly release: Release | null;
  readonly preview: PreviewState;
  readonly receiver: ReceiverRow | undefined;
}

export function Preview({ release, preview, receiver }: PreviewProps) {
  return (
    <section className="preview" aria-label="What will be seen">
      {preview.is === 'shown' && release !== null ? (
        <Shown preview={preview.preview} receiver={receiver} />
      ) : (
        <>
          <h3>What will be seen</h3>
          <p className="quiet" role="status">
            {preview.is === 'wrong'
              ? preview.sentence
              : preview.is === 'asking'
                ? 'Looking…'
                : 'Choose files and a post: then everything that the receiver will newly see is listed here.'}
          </p>
        </>
      )}
    </section>
  );
}

/** The same content twice is no mistake of itself, and never goes unsaid. */
const SentBefore = ({ twice, org }: { readonly twice: ReleasePreview['twice']; readonly org: string }) =>
  twice.length === 0 ? null : (
    <section className="part" aria-label="Already sent">
      <h3>Already sent</h3>
      <p>{org} has the same content. You can leave it out.</p>
      <ul className="bullets">
        {twice.map(({ name, before }) => (
          <li key={`${before.version} ${name}`}>
            {name} was sent on {whenText(before.at)}
            {before.name !== name && ` as ${before.name}`},{' '}
            {before.openedBy === null ? 'and has not been opened yet' : `opened by ${before.openedBy}`}.{' '}
            <span className="quiet mono small">SHA-256 {before.sha256.slice(0, 16)}…</span>
          </li>
        ))}
      </ul>
    </section>
  );

/** No content goes twice. */
function toSend({ bytes, toSend: fresh }: ReleasePreview): string {
  if (fresh === bytes) return `${sizeText(bytes)} to send.`;
  if (fresh === 0) return `Nothing to send again: all ${sizeText(bytes)} went there before.`;
  return `${sizeText(fresh)} to send; the other ${sizeText(bytes - fresh)} went there before and are not sent again.`;
}

function Shown({
  preview,
  receiver,
}: {
  readonly preview: Extract<PreviewState, { is: 'shown' }>['preview'];
  readonly receiver: ReceiverRow | undefined;
}) {
  return (
    <>
      <h3>What {preview.org} will newly see</h3>
      {/* A long list is scrolled by keyboard: it takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="bullets" tabIndex={0} aria-label={`What ${preview.org} will newly see`}>
        {preview.newly.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ul>
      {preview.stays.length > 0 && (
        <section className="part" aria-label="Taken off here, still in the Case file">
          <h3>Taken off here, still in the Case file</h3>
          <p>
            A release takes nothing off there. Open the Case file and remove them, where both of you see that it was
            done.
          </p>
          <ul className="bullets">
            {preview.stays.map((line, index) => (
              <li key={`${index} ${line}`}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <SentBefore twice={preview.twice} org={preview.org} />
      <h3>The summary, word for word</h3>
      {preview.summary === '' ? <p>It is empty.</p> : <p className="quoted">{preview.summary}</p>}
      <p>{toSend(preview)} Everything else in Working papers stays with your organisation.</p>
      {receiver?.canReceive === false && (
        <p className="needs">
          Nobody at {preview.org} can receive yet. You can release: it waits, and goes as soon as somebody can.
        </p>
      )}
      {preview.firstTime && (
        <div className="first-time">
          <strong>This is the first release to {preview.org}.</strong>
          <span>
            Its authority’s fingerprint is <span className="mono">{groupedText(preview.fingerprint)}</span>. Your
            administrator has checked it; compare it where you can.
          </span>
        </div>
      )}
    </>
  );
}
