/** Choosing by which class of the rule data a case is kept; what the class says stands below it, with its source. */
import type { ClassRow } from '../../../shared/ipc/keeping.ts';
import { Choice } from '../../ui/Choice.tsx';

interface RetentionClassProps {
  readonly classes: readonly ClassRow[];
  readonly value: string | null;
  readonly onChange: (code: string) => void;
}

export function RetentionClass({ classes, value, onChange }: RetentionClassProps) {
  const chosen = classes.find(({ code }) => code === value);
  return (
    <div className="stack">
      <Choice
        label="Retention class"
        value={value}
        onChange={onChange}
        placeholder="Choose a class"
        options={classes.map(({ code, name, says }) => ({ value: code, text: name, hint: says }))}
      />
      {chosen !== undefined && <ClassText found={chosen} />}
    </div>
  );
}

export const ClassText = ({ found }: { readonly found: ClassRow }) => (
  <p className="small">
    {found.says}{' '}
    <span className="quiet">
      {!found.verified && 'Not verified. '}Source: {found.source}.
    </span>
  </p>
);
