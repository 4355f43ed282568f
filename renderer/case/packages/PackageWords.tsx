/**
 * A package's word and its condition.
 */
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { Status } from '../../ui/Word.tsx';

export const PackageWords = ({ pkg, live }: { readonly pkg: PackageRow; readonly live?: boolean }) => (
  <div className="words">
    <Status word={pkg.word} live={live ?? false} />
    {pkg.condition !== null && pkg.condition.text !== pkg.word.text && <Status word={pkg.condition} />}
  </div>
);
