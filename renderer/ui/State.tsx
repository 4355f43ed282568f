/**
 * What a screen shows when there is nothing, not yet something, or something wrong: a sentence and the next step.
 */
import type { ReactNode } from 'react';

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
}

export const Empty = ({ title, children }: StateProps) => (
  <div className="state">
    <h2>{title}</h2>
    {children}
  </div>
);

export const Loading = ({ what }: { readonly what: string }) => (
  <p className="state quiet" role="status">
    Opening {what}…
  </p>
);

/** A whole screen whose content has not come yet: where one is stands there from the start. */
export const OpeningScreen = ({ title, what }: { readonly title: string; readonly what: string }) => (
  <div className="screen">
    <header>
      <h1>{title}</h1>
    </header>
    <Loading what={what} />
  </div>
);

interface TroubleProps {
  readonly sentence: string;
  readonly next?: string;
  readonly children?: ReactNode;
}

/** Something a person should know and can act on. Stays until it no longer holds. */
export const Trouble = ({ sentence, next, children }: TroubleProps) => (
  <div className="trouble" role="alert">
    <strong>{sentence}</strong>
    {next !== undefined && <span>{next}</span>}
    {children !== undefined && <div className="row">{children}</div>}
  </div>
);
