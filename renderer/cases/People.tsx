/**
 * Who and what a new case is about: suspects, offences, victims and witnesses, as many of each as there are.
 */
import { Field } from '../ui/Field.tsx';
import type { Rows } from './rows.ts';
import { RowsPart } from './RowsPart.tsx';

interface Named {
  name: string;
}

interface PeopleProps {
  readonly suspects: Rows<Named & { born: string }>;
  readonly offences: Rows<{ wording: string; code: string; date: string; place: string }>;
  readonly victims: Rows<Named>;
  readonly witnesses: Rows<Named>;
}

export const People = ({ suspects, offences, victims, witnesses }: PeopleProps) => (
  <>
    <RowsPart
      title="Suspects"
      about="Full name, as far as it is known."
      one="suspect"
      rows={suspects}
      tracks="minmax(0, 1fr) 11rem"
      fields={(value, change) => (
        <>
          <Field label="Name" value={value.name} onChange={(name) => change({ name })} />
          <Field label="Born" type="date" value={value.born} onChange={(born) => change({ born })} />
        </>
      )}
    />
    <RowsPart
      title="Offences"
      about="The wording, or the code such as TH68001."
      one="offence"
      rows={offences}
      tracks="minmax(0, 1.6fr) 7rem 10rem minmax(0, 1fr)"
      fields={(value, change) => (
        <>
          <Field label="Offence" value={value.wording} onChange={(wording) => change({ wording })} />
          <Field label="Code" mono value={value.code} onChange={(code) => change({ code })} />
          <Field label="Date" type="date" value={value.date} onChange={(date) => change({ date })} />
          <Field label="Place" value={value.place} onChange={(place) => change({ place })} />
        </>
      )}
    />
    <RowsPart
      title="Victims"
      about="Addresses never go here."
      one="victim"
      rows={victims}
      tracks="minmax(0, 1fr)"
      fields={(value, change) => <Field label="Name" value={value.name} onChange={(name) => change({ name })} />}
    />
    <RowsPart
      title="Witnesses"
      about="Addresses never go here."
      one="witness"
      rows={witnesses}
      tracks="minmax(0, 1fr)"
      fields={(value, change) => <Field label="Name" value={value.name} onChange={(name) => change({ name })} />}
    />
  </>
);
