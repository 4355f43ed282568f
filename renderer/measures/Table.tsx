/**
 * Numbers as a table: each row has its head. Where it is wider than its place it scrolls within itself, by keyboard too.
 */
interface TableProps {
  readonly label: string;
  readonly heads: readonly string[];
  /** Each begins with what it is about. */
  readonly rows: readonly (readonly string[])[];
}

export const Table = ({ label, heads, rows }: TableProps) => (
  // What scrolls must be reached by keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <div className="numbers" role="region" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...values]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, at) => (
              <td key={heads[at + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
