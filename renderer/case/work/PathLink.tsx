/**
 * A link to a place in the record: the part of the case that holds it, with its field in focus.
 */
import { placeName } from '../../../shared/model/formats/placeName.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Section } from '../../state/sections.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { sectionOf } from './places.ts';

interface PathLinkProps {
  readonly of: CaseId;
  readonly path: string;
  readonly text?: string;
}

export function PathLink({ of, path, text }: PathLinkProps) {
  const go = useScreens((screens) => screens.go);
  const route = useScreens((screens) => screens.route);
  const section: Section = sectionOf(path);
  const place = route.at === 'case' ? route.place : 'working papers';
  return (
    <Button small kind="bare" onPress={() => go({ at: 'case', case: of, place, section, path })}>
      {text ?? placeName(path)}
    </Button>
  );
}
