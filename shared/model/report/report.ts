/**
 * A report: what a document for reading says, before anybody lays it out. Owns the few shapes that text on paper has, each
 * of which a screen reader can be told. Pure; knows no case and no page.
 */
interface Line {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  readonly title: string;
  /** Its share of the page's width. */
  readonly share: number;
}

export type Block =
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly is: 'text'; readonly text: string; readonly quiet?: boolean }
  /** Label and value, a line each. */
  | { readonly is: 'lines'; readonly lines: readonly Line[] }
  | { readonly is: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

export interface Report {
  readonly title: string;
  readonly author: string;
  /** Milliseconds since 1970, as of which it is true. */
  readonly at: number;
  /** Above and below every page. */
  readonly marking: string;
  readonly footer: string;
  readonly blocks: readonly Block[];
}
