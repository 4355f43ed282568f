/**
 * Recorded reasons, from the list of the rule data: for which nobody is charged, or what a file lacks to be decided on, or is sent back for.
 */
import { useId } from 'react';
import type { ReasonRow } from '../../../shared/ipc/work.ts';
import { Check } from '../../ui/Check.tsx';
import { useView } from '../../worker/views.ts';

interface RecordedProps {
  readonly wanted: ReasonRow['for'];
  /** Beside the label. */
  readonly note?: string;
  readonly chosen: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

export function RecordedReasons({ wanted, note, chosen, onChange }: RecordedProps) {
  const legend = useId();
  const recorded = (useView('reasons') ?? []).filter((one) => one.for === wanted);
  if (recorded.length === 0) return null;
  return (
    <div role="group" aria-labelledby={legend} className="stack tight">
      <span id={legend} className="label">
        Recorded reasons that apply{note !== undefined && <span className="optional"> ({note})</span>}
      </span>
      <div className="reasons">
        {recorded.map(({ code, text }) => (
          <Check
            key={code}
            selected={chosen.includes(code)}
            onChange={(on) => onChange(on ? [...chosen, code] : chosen.filter((one) => one !== code))}
          >
            {text}
          </Check>
        ))}
      </div>
    </div>
  );
}

/** In words, where the rules know them. */
export function RecordedWords({ codes }: { readonly codes: readonly string[] }) {
  const recorded = useView('reasons') ?? [];
  const words = codes.map((code) => recorded.find((one) => one.code === code)?.text ?? code);
  return words.length === 0 ? null : <p className="small">Recorded reasons: {words.join('; ')}</p>;
}
