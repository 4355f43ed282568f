/**
 * The parts of the case that is open, below the places: they never push one of those out of sight.
 */
import { SECTIONS } from '../state/sections.ts';
import { useScreens } from '../state/route.ts';

export function CaseSections() {
  const go = useScreens((screens) => screens.go);
  const route = useScreens((screens) => screens.route);
  if (route.at !== 'case') return null;
  const now = route.section ?? 'overview';
  return (
    <ul className="case-sections" aria-label="Parts of this case">
      {SECTIONS.map(({ id, title }) => (
        <li key={id}>
          <button
            type="button"
            aria-current={id === now ? 'page' : undefined}
            onClick={() => go({ at: 'case', case: route.case, place: route.place, section: id })}
          >
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
