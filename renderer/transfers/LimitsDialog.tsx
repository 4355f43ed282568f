/**
 * What transfers may take on this computer: rate, by time of day too; files at once; space left free; and when they wait
 * for another link.
 */
import { useState } from 'react';
import type { Limits } from '../../shared/ipc/limits.ts';
import { NO_LIMITS } from '../../shared/ipc/limits.ts';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Check.tsx';
import type { ChoiceOption } from '../ui/Choice.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { sizeText } from '../ui/format.ts';
import { ask } from '../worker/connection.ts';
import { rateWords, timeText } from './limitText.ts';

const RATES: readonly number[] = [0, 128 * KiB, 512 * KiB, MiB, 2 * MiB, 5 * MiB, 10 * MiB, 50 * MiB];
const FLOORS: readonly number[] = [512 * MiB, 1024 * MiB, 5120 * MiB, 20_480 * MiB];
const AT_ONCE: readonly ChoiceOption<string>[] = ['1', '2', '3', '4'].map((value) => ({ value, text: value }));
const HOLDS: readonly ChoiceOption<Limits['hold']>[] = [
  { value: 'never', text: 'Go on' },
  { value: 'metered', text: 'Wait while the link is metered' },
  { value: 'metered or slow', text: 'Wait while the link is metered or slow' },
];
const OFFICE: NonNullable<Limits['hours']> = { from: 8 * 60, to: 18 * 60, rate: MiB };

/** The usual values, and the one that is set where it is another. */
const options = (usual: readonly number[], set: number, text: (value: number) => string): ChoiceOption<string>[] =>
  [...new Set([...usual, set])].toSorted((a, b) => a - b).map((value) => ({ value: String(value), text: text(value) }));

const minuteOf = (text: string): number | null => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(text) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
};

export function LimitsDialog({ now, onClose }: { readonly now: Limits; readonly onClose: () => void }) {
  const [limits, setLimits] = useState(now);
  const change = (part: Partial<Limits>): void => setLimits({ ...limits, ...part });
  const save = (): void => {
    ask((to) => to.setLimits(limits));
    onClose();
  };
  return (
    <Ask title="Limits for transfers" open onClose={onClose}>
      <p className="quiet">They hold on this computer, for all cases, at once, also for what is moving now.</p>
      <div className="part">
        <Choice
          label="Rate, sending and receiving together"
          options={options(RATES, limits.rate, rateWords)}
          value={String(limits.rate)}
          onChange={(rate) => change({ rate: Number(rate) })}
        />
        <Hours hours={limits.hours} onChange={(hours) => change({ hours })} />
        <Choice
          label="Requests to the relay at once"
          options={AT_ONCE}
          value={String(limits.atOnce)}
          onChange={(atOnce) => change({ atOnce: Number(atOnce) })}
        />
        <Choice
          label="Space to leave free on this disk"
          options={options(FLOORS, limits.freeFloor, sizeText)}
          value={String(limits.freeFloor)}
          onChange={(freeFloor) => change({ freeFloor: Number(freeFloor) })}
        />
        <Choice
          label="On a metered or slow link"
          options={HOLDS}
          value={limits.hold}
          onChange={(hold) => change({ hold })}
        />
        <Check selected={limits.metered} onChange={(metered) => change({ metered })}>
          The link of this computer is metered
        </Check>
        <p className="quiet small">
          Say so for a phone or a hotspot: few computers report it. A slow link is recognised by itself. Text goes in
          any case; only files wait.
        </p>
      </div>
      <div className="row push">
        <Button kind="bare" onPress={() => setLimits(NO_LIMITS)}>
          As it was at first
        </Button>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" disabled={limits.hours?.from === limits.hours?.to && limits.hours !== null} onPress={save}>
          Save limits
        </Button>
      </div>
    </Ask>
  );
}

function Hours({
  hours,
  onChange,
}: {
  readonly hours: Limits['hours'];
  readonly onChange: (hours: Limits['hours']) => void;
}) {
  return (
    <>
      <Check selected={hours !== null} onChange={(selected) => onChange(selected ? OFFICE : null)}>
        Another rate at certain hours
      </Check>
      {hours !== null && (
        <div className="row">
          <Field
            label="From"
            type="time"
            value={timeText(hours.from)}
            onChange={(text) => onChange({ ...hours, from: minuteOf(text) ?? hours.from })}
          />
          <Field
            label="Until"
            type="time"
            value={timeText(hours.to)}
            wrong={hours.from === hours.to ? 'Choose another time than From.' : null}
            onChange={(text) => onChange({ ...hours, to: minuteOf(text) ?? hours.to })}
          />
          <Choice
            label="Rate in these hours"
            options={options(RATES, hours.rate, rateWords)}
            value={String(hours.rate)}
            onChange={(rate) => onChange({ ...hours, rate: Number(rate) })}
          />
        </div>
      )}
    </>
  );
}
