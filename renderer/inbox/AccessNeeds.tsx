/** What of access waits for this person: requests to decide, posts to keep or remove. Each opens where it is dealt with. */
import type { AccessNeed } from '../../shared/ipc/access.ts';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { dayText } from '../ui/format.ts';

export function AccessNeeds({ needs }: { readonly needs: readonly AccessNeed[] }) {
  const go = useScreens((screens) => screens.go);
  if (needs.length === 0) return null;
  return (
    <section className="part" aria-label="Access that needs you">
      <ul className="bullets">
        {needs.map(({ id, part, text, until }) => (
          <li key={id}>
            <Button kind="link" onPress={() => go({ at: 'access', part, id: null })}>
              {text}
            </Button>
            {until !== null && <span className="quiet small"> by {dayText(until)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
