/**
 * One package that was sent, on a screen of its own.
 */
import '../case.css';
import type { CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty, OpeningScreen } from '../../ui/State.tsx';
import { useCase } from '../../worker/views.ts';
import { PackageDetails } from './PackageDetails.tsx';

export function PackageScreen({ inCase, id }: { readonly inCase: CaseId; readonly id: PackageId }) {
  const go = useScreens((screens) => screens.go);
  const view = useCase(inCase);
  if (view === undefined) return <OpeningScreen title="Package" what="the package" />;
  const pkg = view?.packages.find((one) => one.package === id);
  const toCase = (): void => go({ at: 'case', case: inCase, place: 'working papers' });
  return (
    <div className="screen">
      {view === null || pkg === undefined ? (
        <Empty title="This package is no longer here">
          <Button onPress={toCase}>Go to the case</Button>
        </Empty>
      ) : (
        <PackageDetails pkg={pkg} view={view} />
      )}
    </div>
  );
}
