/**
 * A labelled line or block of text, with a hint below and what is wrong in its place, tied to it for screen readers.
 */
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly wrong?: string | null;
  readonly optional?: boolean;
  /** No type by which the browser judges what was typed: its bubble would stand in place of our sentence. */
  readonly type?: 'text' | 'password' | 'date' | 'time' | 'datetime-local';
  readonly inputMode?: 'url';
  readonly lines?: number;
  readonly mono?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly onBlur?: () => void;
  readonly disabled?: boolean;
  readonly required?: boolean;
}

export function Field(props: FieldProps) {
  const { label, value, onChange, hint, wrong, optional, lines, mono, placeholder } = props;
  const className = mono === true ? 'input mono' : 'input';
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={typeof wrong === 'string'}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      autoComplete="off"
      {...(props.onBlur && { onBlur: props.onBlur })}
      {...(props.required === true && { isRequired: true })}
      {...(props.autoFocus === true && { autoFocus: true })}
    >
      <Label>
        {label}
        {optional === true && (
          <span className="optional" aria-hidden="true">
            {' '}
            (may be left)
          </span>
        )}
      </Label>
      {lines === undefined ? (
        <Input
          className={className}
          type={props.type ?? 'text'}
          spellCheck={false}
          {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
          {...(placeholder !== undefined && { placeholder })}
        />
      ) : (
        <TextArea className={className} rows={lines} {...(placeholder !== undefined && { placeholder })} />
      )}
      {typeof hint === 'string' && typeof wrong !== 'string' && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">{wrong ?? ''}</FieldError>
    </TextField>
  );
}
