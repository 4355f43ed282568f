/**
 * The columns that every schedule has, whoever fills the rows.
 */
import type { ReactNode } from 'react';

const COLUMNS = ['No.', 'Description', 'Where it is kept', 'Test'];

export const ScheduleFrame = ({ children }: { readonly children: ReactNode }) => (
  <table className="schedule">
    <thead>
      <tr>
        {COLUMNS.map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);
