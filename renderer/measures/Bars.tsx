/**
 * Numbers as bars, all on one scale that begins at nothing. To a screen reader it is a picture whose name is what it shows
 * in words; the same numbers stand in a table beside it. What is not known has no bar and a dash.
 */
export interface Bar {
  readonly name: string;
  readonly value: number | null;
  readonly text: string;
}

interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The value that fills the whole; the greatest where nothing is said. */
  readonly full?: number;
  /** Columns beside each other for what runs over time; else rows below each other. */
  readonly look: 'columns' | 'rows';
}

export function Bars({ label, bars, full, look }: BarsProps) {
  const most = full ?? Math.max(0, ...bars.map(({ value }) => value ?? 0));
  const words = bars.map(({ name, text }) => `${name} ${text}`).join('; ');
  return (
    <div className={`bars ${look}`} role="img" aria-label={`${label}: ${words}`}>
      {bars.map(({ name, value, text }) => (
        <div key={name} className="bar">
          <span className="bar-name">{name}</span>
          <span className="bar-room">
            {value !== null && (
              <span className="bar-fill" style={{ '--part': most === 0 ? 0 : Math.min(1, value / most) }} />
            )}
          </span>
          <span className="bar-text">{text}</span>
        </div>
      ))}
    </div>
  );
}
