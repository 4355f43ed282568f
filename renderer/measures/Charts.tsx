/**
 * The measures over time, each as bars with the same numbers beside them: how many were accepted at the first time, why
 * files were returned, how long they took, how fast actions were answered.
 */
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Measures } from '../../shared/model/work/measures/measures.ts';
import type { Bar } from './Bars.tsx';
import { Bars } from './Bars.tsx';
import { Table } from './Table.tsx';
import { NONE, monthText, monthsOver, shareOf, shareText, spanText } from './texts.ts';

export interface Month extends Measures {
  readonly month: string;
}

interface ChartsProps {
  readonly all: Measures;
  readonly months: readonly Month[];
  readonly reasonText: (code: string) => string;
}

interface Slot {
  readonly name: string;
  readonly of: Month | undefined;
}

export function Charts({ all, months, reasonText }: ChartsProps) {
  const byMonth = new Map(months.map((month) => [month.month, month]));
  const slots = monthsOver([...byMonth.keys()]).map((month): Slot => ({
    name: monthText(month),
    of: byMonth.get(month),
  }));
  return (
    <div className="measures">
      <Accepted slots={slots} />
      <Reasons reasons={all.reasons} reasonText={reasonText} />
      <Times slots={slots} />
      <Actions slots={slots} />
    </div>
  );
}

interface MeasureProps {
  readonly title: string;
  readonly what: string;
  readonly table: ReactNode;
  readonly children: ReactNode;
}

function Measure({ title, what, table, children }: MeasureProps) {
  const id = useId();
  return (
    <section className="part measure" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        <p className="quiet small">{what}</p>
      </div>
      <div className="measure-both">
        <div className="stack">{children}</div>
        {table}
      </div>
    </section>
  );
}

const overTime = (
  slots: readonly Slot[],
  value: (of: Month) => number | null,
  text: (value: number | null) => string,
): readonly Bar[] =>
  slots.map(({ name, of }) => {
    const known = of ? value(of) : null;
    return { name, value: known, text: text(known) };
  });

const firstShare = (of: Month): number | null => shareOf(of.acceptedFirst, of.decidedFirst);

const Accepted = ({ slots }: { readonly slots: readonly Slot[] }) => (
  <Measure
    title="Accepted first time"
    what="Of the packages that answer no other and were accepted or returned: how many were accepted. By the month of release."
    table={
      <Table
        label="Accepted first time, as a table"
        heads={['Month', 'Answered', 'Accepted', 'Share']}
        rows={slots.map(({ name, of }) => [
          name,
          String(of?.decidedFirst ?? 0),
          String(of?.acceptedFirst ?? 0),
          shareText(of ? firstShare(of) : null),
        ])}
      />
    }
  >
    <Bars label="Accepted first time" look="columns" full={1} bars={overTime(slots, firstShare, shareText)} />
  </Measure>
);

function Reasons({ reasons, reasonText }: { readonly reasons: Measures['reasons'] } & Pick<ChartsProps, 'reasonText'>) {
  const rows = Object.entries(reasons)
    .map(([code, count]) => ({ name: reasonText(code), value: count, text: String(count) }))
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  return (
    <Measure
      title="Reasons for return"
      what="How many packages were returned for each recorded reason. One return can have several."
      table={
        rows.length > 0 && (
          <Table
            label="Reasons for return, as a table"
            heads={['Reason', 'Returns']}
            rows={rows.map(({ name, text }) => [name, text])}
          />
        )
      }
    >
      {rows.length > 0 ? (
        <Bars label="Reasons for return" look="rows" bars={rows} />
      ) : (
        <p className="quiet">No package was returned.</p>
      )}
    </Measure>
  );
}

const Times = ({ slots }: { readonly slots: readonly Slot[] }) => (
  <Measure
    title="From release to opened"
    what="Medians: from release until all files were delivered, and from then until the first was opened."
    table={
      <Table
        label="From release to opened, as a table"
        heads={['Month', 'Released', 'To delivered', 'To opened']}
        rows={slots.map(({ name, of }) => [
          name,
          String(of?.released ?? 0),
          spanText(of?.toDelivered ?? null),
          spanText(of?.toOpened ?? null),
        ])}
      />
    }
  >
    <h3>Release to delivered</h3>
    <Bars
      label="Release to delivered"
      look="columns"
      bars={overTime(slots, ({ toDelivered }) => toDelivered, spanText)}
    />
    <h3>Delivered to opened</h3>
    <Bars label="Delivered to opened" look="columns" bars={overTime(slots, ({ toOpened }) => toOpened, spanText)} />
  </Measure>
);

const Actions = ({ slots }: { readonly slots: readonly Slot[] }) => (
  <Measure
    title="Action-plan turnaround"
    what="The median from an action being raised to its first answer. By the month in which it was raised."
    table={
      <Table
        label="Action-plan turnaround, as a table"
        heads={['Month', 'Raised', 'Answered', 'Closed', 'To answer']}
        rows={slots.map(({ name, of }) => [
          name,
          ...[of?.actionsRaised, of?.actionsAnswered, of?.actionsClosed].map((count) => String(count ?? 0)),
          of ? spanText(of.turnaround) : NONE,
        ])}
      />
    }
  >
    <Bars
      label="Action-plan turnaround"
      look="columns"
      bars={overTime(slots, ({ turnaround }) => turnaround, spanText)}
    />
  </Measure>
);
