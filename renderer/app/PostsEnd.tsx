/** That a post of this person's ends within days: on every screen until then, as the end of a lease is. */
import { dayText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';

export function PostsEnd() {
  const ending = useView('access')?.ending ?? [];
  if (ending.length === 0) return null;
  return (
    <section className="alarms" aria-label="Posts that end soon">
      {ending.map(({ until, posts }) => (
        <Trouble
          key={until}
          sentence={`${dayText(until)} is your last day as ${posts.join('; ')}.`}
          next="After it you no longer see what you see by that post alone; what you wrote stays. If you need it for longer, ask your line manager before then."
        />
      ))}
    </section>
  );
}
