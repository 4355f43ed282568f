/**
 * The packages of a case, sent and received, the newest first, each with its word; one opens to its files.
 */
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { capital, countText, timeText } from '../../ui/format.ts';
import { Grid } from '../../ui/Grid.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { Lines } from '../../ui/Lines.tsx';
import { PackageWords } from './PackageWords.tsx';

const columns = (open: (pkg: PackageRow) => void): readonly Column<PackageRow>[] => [
  {
    key: 'what',
    title: 'Package',
    width: 'minmax(0, 1.4fr)',
    cell: (pkg) => (
      <Lines
        strong
        first={`${capital(pkg.purpose)}, ${pkg.direction === 'sent' ? 'to' : 'from'} ${pkg.org}`}
        below={[`${pkg.post} · ${countText(pkg.files.length, 'file')} · ${timeText(pkg.at)} ${pkg.by}`]}
      />
    ),
  },
  { key: 'word', title: 'Where it stands', width: 'minmax(0, 1.4fr)', cell: (pkg) => <PackageWords pkg={pkg} /> },
  {
    key: 'acts',
    title: 'Acts',
    width: '9rem',
    look: 'acts',
    cell: (pkg) => (
      <Button small onPress={() => open(pkg)}>
        Show package
      </Button>
    ),
  },
];

export function Packages({ packages }: { readonly packages: readonly PackageRow[] }) {
  const go = useScreens((screens) => screens.go);
  const open = (pkg: PackageRow): void =>
    go(
      pkg.direction === 'sent'
        ? { at: 'package', case: pkg.case, package: pkg.package }
        : { at: 'inbox', package: pkg.package },
    );
  if (packages.length === 0) return null;
  return (
    <section aria-labelledby="packages" className="part">
      <h2 id="packages">Packages</h2>
      <Grid
        label="Packages"
        columns={columns(open)}
        rows={[...packages].sort((a, b) => b.at - a.at)}
        idOf={(pkg) => pkg.package}
        nameOf={(pkg) => `${pkg.purpose}, ${pkg.org}`}
        onOpen={open}
      />
    </section>
  );
}
