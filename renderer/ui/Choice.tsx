/**
 * One of a few: a list that opens below its button.
 */
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import { ChevronIcon } from './icons.tsx';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly text: string;
  readonly hint?: string;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<T>[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  readonly hint?: string;
  /** The label is for screen readers alone: what stands beside it says what it is. */
  readonly unseen?: boolean;
}

export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  placeholder,
  hint,
  unseen,
}: ChoiceProps<T>) {
  return (
    <Select
      className="field"
      value={value}
      onChange={(key) => {
        const option = options.find((one) => one.value === key);
        if (option) onChange(option.value);
      }}
      placeholder={placeholder ?? 'Choose'}
    >
      <Label {...(unseen === true && { className: 'unseen' })}>{label}</Label>
      <Button className="button select-button">
        <SelectValue className="clip">
          {({ selectedText, defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronIcon />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="popover" offset={2}>
        <ListBox items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.text} className="option">
              <Text slot="label">{option.text}</Text>
              {option.hint !== undefined && (
                <Text slot="description" className="hint">
                  {option.hint}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
