/**
 * Every signature that was recorded in the case, the newest first, each with the way to its statement.
 */
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { newestFirst } from '../newestFirst.ts';
import { SignatureCard } from './Signature.tsx';

export function SignedStatements({ view }: { readonly view: CaseView }) {
  const { signatures } = view.work.state;
  return (
    <section className="part" aria-labelledby="signed">
      <h2 id="signed">Signed statements</h2>
      {signatures.length === 0 ? (
        <p className="quiet">No signature has been recorded. It is recorded with the statement, under Statements.</p>
      ) : (
        <ol className="cards">
          {newestFirst(signatures).map((signature) => (
            <SignatureCard key={signature.id} view={view} signature={signature} linked />
          ))}
        </ol>
      )}
    </section>
  );
}
