/**
 * What of a package was sent in error: why, who had seen it, and what each computer there has answered. Stays for good.
 */
import type { ErrorRow, PackageRow } from '../../../shared/ipc/worker.ts';
import { countText, whenText } from '../../ui/format.ts';
import { Proof } from './Proof.tsx';

export function SentInError({ pkg }: { readonly pkg: PackageRow }) {
  if (pkg.errors.length === 0) return null;
  return (
    <section className="part" aria-labelledby="sent-in-error">
      <h2 id="sent-in-error">Sent in error</h2>
      {pkg.errors.map((one) => (
        <One key={`${one.at} ${one.by}`} error={one} mine={pkg.direction === 'sent'} />
      ))}
    </section>
  );
}

function One({ error, mine }: { readonly error: ErrorRow; readonly mine: boolean }) {
  const silent = error.computers.filter(({ destroyed }) => destroyed === null).length;
  return (
    <div className="stack">
      <p>
        <strong>{error.whole ? 'The whole package' : error.files.join(', ')}</strong>: said by {error.by},{' '}
        {whenText(error.at)}. {error.reason}
      </p>
      {error.seen.length === 0 ? (
        <p>Nobody{mine ? ' there' : ''} had opened or exported it, as far as is known here.</p>
      ) : (
        <ul className="bullets" aria-label="Who had seen it">
          {error.seen.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p role="status" className={silent > 0 ? 'needs' : undefined}>
        {silent === 0
          ? 'Every computer that could hold it has signed that it destroyed its copy.'
          : `${countText(silent, 'computer has', 'computers have')} not answered yet. ${silent === 1 ? 'It destroys' : 'They destroy'} it when next on line.`}
      </p>
      <ul className="receipts" aria-label="Computers that could hold it">
        {error.computers.map((computer) => (
          <Computer key={computer.name} computer={computer} mine={mine} />
        ))}
      </ul>
    </div>
  );
}

function Computer({ computer, mine }: { readonly computer: ErrorRow['computers'][number]; readonly mine: boolean }) {
  const { name, destroyed, heard, proof } = computer;
  if (destroyed !== null)
    return (
      <li>
        <span>
          <strong>{name}</strong>: destroyed key and chunks {whenText(destroyed)}
        </span>
        {proof !== null && <Proof hash={proof} />}
      </li>
    );
  const last = heard === null || !mine ? '' : `, last heard ${whenText(heard)}`;
  return (
    <li>
      <span>
        <strong>{name}</strong>: <span className="needs">has not answered{last}</span>
      </span>
    </li>
  );
}
