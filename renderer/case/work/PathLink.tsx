/**
 * A link to a place of the case: the part that holds it, with its field, row or list in focus.
 */
import type { PathHint } from '../../../shared/ipc/check.ts';
import { placeName } from '../../../shared/model/formats/placeName.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Route } from '../../state/route.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { sectionOf } from './places.ts';

interface PathLinkProps {
  readonly of: CaseId;
  readonly path: string;
  readonly text?: string;
  readonly hint?: PathHint | undefined;
}

/** Where a path leads; without a hint, in the place that is open. */
export function routeTo(of: CaseId, path: string, hint: PathHint | undefined, now: Route): Route {
  if (hint?.place === 'sensitive material')
    return { at: 'case', case: of, place: 'working papers', section: 'sensitive', path };
  const place = hint?.place ?? (now.at === 'case' ? now.place : 'working papers');
  return { at: 'case', case: of, place, section: sectionOf(path), path };
}

export function PathLink({ of, path, text, hint }: PathLinkProps) {
  const go = useScreens((screens) => screens.go);
  const route = useScreens((screens) => screens.route);
  return (
    <Button small kind="link" onPress={() => go(routeTo(of, path, hint, route))}>
      {text ?? placeName(path, hint?.row)}
    </Button>
  );
}
