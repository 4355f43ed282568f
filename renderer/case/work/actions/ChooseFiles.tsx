/**
 * Choosing among the files of a case, each item once.
 */
import type { CaseView, FileRow } from '../../../../shared/ipc/worker.ts';
import type { ItemId } from '../../../../shared/primitives/ids.ts';
import { Check } from '../../../ui/Check.tsx';

/** The newest version of each item, and what this person can see of it. */
export function filesOf(view: CaseView): readonly FileRow[] {
  const own = view.items.map(({ file }) => file);
  const received = view.packages.flatMap(({ files }) => files);
  return [...new Map([...received, ...own].map((file) => [file.item, file])).values()];
}

interface ChooseFilesProps {
  readonly view: CaseView;
  readonly label: string;
  readonly chosen: readonly ItemId[];
  readonly onChange: (chosen: readonly ItemId[]) => void;
}

export function ChooseFiles({ view, label, chosen, onChange }: ChooseFilesProps) {
  const files = filesOf(view);
  return (
    <fieldset className="field refs">
      <legend className="label">{label}</legend>
      <div className="choose-files">
        {files.length === 0 && <span className="quiet small">There are no files yet.</span>}
        {files.map((file) => (
          <Check
            key={file.item}
            selected={chosen.includes(file.item)}
            onChange={(is) => onChange(is ? [...chosen, file.item] : chosen.filter((id) => id !== file.item))}
          >
            {file.name}
          </Check>
        ))}
      </div>
    </fieldset>
  );
}
