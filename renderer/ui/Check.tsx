/**
 * A tick box with its sentence.
 */
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { Checkbox, Radio, RadioGroup, Label } from 'react-aria-components';
import { TickIcon } from './icons.tsx';
import { RowFocus } from './rowFocus.ts';

interface CheckProps {
  readonly children?: ReactNode;
  readonly name?: string;
  readonly selected: boolean;
  readonly some?: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly disabled?: boolean;
}

export function Check({ children, name, selected, some, onChange, disabled }: CheckProps) {
  const inFocusedRow = useContext(RowFocus);
  return (
    <Checkbox
      excludeFromTabOrder={!inFocusedRow}
      className="check"
      isSelected={selected}
      isIndeterminate={some ?? false}
      isDisabled={disabled ?? false}
      onChange={onChange}
      {...(name !== undefined && { 'aria-label': name })}
    >
      <span className="box" aria-hidden="true">
        <TickIcon />
      </span>
      {children !== undefined && <span>{children}</span>}
    </Checkbox>
  );
}

interface RadiosProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function Radios<T extends string>({ label, options, value, onChange }: RadiosProps<T>) {
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option) onChange(option.value);
      }}
    >
      <Label>{label}</Label>
      <div className="row radios">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="check radio">
            <span className="box" aria-hidden="true">
              <TickIcon />
            </span>
            <span>{option.text}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
