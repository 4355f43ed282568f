/**
 * Recorded reasons, from the list of the rule data: for which nobody is charged, or what a file lacks to be decided on, or is sent back for.
 */
import { useId, useState } from 'react';
import type { ReasonRow } from '../../../shared/ipc/work.ts';
import { Check } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import { useView } from '../../worker/views.ts';
import { wordsOf } from '../sections/find.ts';

interface RecordedProps {
  readonly wanted: ReasonRow['for'];
  /** Beside the label. */
  readonly note?: string;
  readonly chosen: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** From so many on they are looked for by their words. */
const MANY = 12;

export function RecordedReasons({ wanted, note, chosen, onChange }: RecordedProps) {
  const legend = useId();
  const [search, setSearch] = useState('');
  const recorded = (useView('reasons') ?? []).filter((one) => one.for === wanted);
  if (recorded.length === 0) return null;
  const lists = [...new Set(recorded.map(({ list }) => list))];
  const [first, ...others] = lists;
  const words = wordsOf(search);
  const found = recorded.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  const of = (list: string | undefined): readonly ReasonRow[] => recorded.filter((one) => one.list === list);
  const toggle = (code: string, on: boolean): void =>
    onChange(on ? [...chosen, code] : chosen.filter((one) => one !== code));
  const ticks = (rows: readonly ReasonRow[]) => (
    <div className="reasons">
      {rows.map(({ code, text }) => (
        <Check key={code} selected={chosen.includes(code)} onChange={(on) => toggle(code, on)}>
          {text}
        </Check>
      ))}
    </div>
  );
  return (
    <div role="group" aria-labelledby={legend} className="stack tight">
      <span id={legend} className="label">
        Recorded reasons that apply{note !== undefined && <span className="optional"> ({note})</span>}
      </span>
      {recorded.length > MANY && <Field label="Find a reason" value={search} onChange={setSearch} />}
      {words.length > 0 ? (
        found.length === 0 ? (
          <p className="quiet">No recorded reason has “{search.trim()}” in it.</p>
        ) : (
          ticks(found)
        )
      ) : (
        <>
          {ticks(of(first))}
          {others.map((list) => (
            <details key={list} className="more-reasons">
              <summary>
                {list} <span className="quiet">{countOf(of(list), chosen)}</span>
              </summary>
              {ticks(of(list))}
            </details>
          ))}
        </>
      )}
    </div>
  );
}

function countOf(rows: readonly ReasonRow[], chosen: readonly string[]): string {
  const ticked = rows.filter(({ code }) => chosen.includes(code)).length;
  return ticked === 0 ? String(rows.length) : `${rows.length}, ${ticked} ticked`;
}

/** In words, where the rules know them. */
export function RecordedWords({ codes }: { readonly codes: readonly string[] }) {
  const recorded = useView('reasons') ?? [];
  const words = codes.map((code) => recorded.find((one) => one.code === code)?.text ?? code);
  return words.length === 0 ? null : <p className="small">Recorded reasons: {words.join('; ')}</p>;
}
