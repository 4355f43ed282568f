/**
 * The button. Its accessible name is its text, or `name` where the text alone would not say it.
 */
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { RowFocus } from './rowFocus.ts';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: 'main' | 'danger' | 'bare' | 'link';
  readonly small?: boolean;
  readonly disabled?: boolean;
  /** Its act is under way: it takes no second press and keeps the focus, which a disabled button would lose. */
  readonly busy?: boolean;
  readonly type?: 'button' | 'submit';
  readonly name?: string;
  /** Id of an element that says more, such as the file that this button is about. */
  readonly about?: string;
  readonly autoFocus?: boolean;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
}

export function Button(props: ButtonProps) {
  const { children, onPress, kind, small, disabled, busy, type, name, about, autoFocus, expanded, pressed } = props;
  const inFocusedRow = useContext(RowFocus);
  const className = ['button', kind, small === true ? 'small' : undefined, busy === true ? 'busy' : undefined]
    .filter(Boolean)
    .join(' ');
  return (
    <AriaButton
      className={className}
      type={busy === true ? 'button' : (type ?? 'button')}
      isDisabled={disabled ?? false}
      excludeFromTabOrder={!inFocusedRow}
      {...(onPress && busy !== true && { onPress })}
      {...(name !== undefined && { 'aria-label': name })}
      {...(about !== undefined && { 'aria-describedby': about })}
      {...(expanded !== undefined && { 'aria-expanded': expanded })}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...(autoFocus === true && { autoFocus })}
    >
      {children}
    </AriaButton>
  );
}
