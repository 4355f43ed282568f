/** What every way of viewing is given, whatever the type of the file. */
import type { OpenContent } from './content.ts';

export interface ViewProps {
  readonly content: OpenContent;
  /** Parts of it have still to come. */
  readonly arriving: boolean;
  /** Something of it can be seen. */
  readonly onPainted: () => void;
  readonly onWrong: (sentence: string) => void;
}
