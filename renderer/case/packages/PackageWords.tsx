/**
 * A package's word and its condition, and who works on it.
 */
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { timeText, whenText } from '../../ui/format.ts';
import { Progress } from '../../ui/Progress.tsx';
import { Status } from '../../ui/Word.tsx';

export const PackageWords = ({ pkg, live }: { readonly pkg: PackageRow; readonly live?: boolean }) => (
  <div className="words">
    <Status word={pkg.word} live={live ?? false} />
    {pkg.condition !== null && pkg.condition.text !== pkg.word.text && <Status word={pkg.condition} />}
    {pkg.progress !== null && <Progress of="Files of the package" {...pkg.progress} />}
    {pkg.allocated !== null && <Allocated to={pkg.allocated} />}
  </div>
);

const Allocated = ({ to: { name, org, by, at } }: { readonly to: NonNullable<PackageRow['allocated']> }) => (
  <span className="quiet small" title={`By ${by}, ${org}, ${whenText(at)}`}>
    Allocated to {name} {timeText(at)}
  </span>
);
