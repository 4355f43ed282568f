/**
 * Counters, gauges and histograms, and Prometheus' text format (version 0.0.4) of them: as much as a relay needs. Labels
 * are words of closed lists, so that the number of lines is bounded. Counting never fails.
 */

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [suffix: string, labels: Labels, value: number];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly look: () => Iterable<Sample> | Promise<Iterable<Sample>>;
}

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (one) => (one === '\n' ? '\\n' : `\\${one}`));
const keyOf = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');

export function makeRegistry() {
  const families: Family[] = [];

  function counter<L extends string = never>(name: string, help: string) {
    const counts = new Map<string, { labels: Labels; value: number }>();
    if (!name.endsWith('_total')) throw new Error(`${name} is a counter and must end in _total`);
    families.push({
      name,
      help,
      kind: 'counter',
      look: () => [...counts.values()].map((c) => ['', c.labels, c.value]),
    });
    return {
      inc(labels: Readonly<Record<L, string>>, by = 1): void {
        const key = keyOf(labels);
        const there = counts.get(key);
        if (there) there.value += by;
        else counts.set(key, { labels, value: by });
      },
    };
  }

  function histogram<L extends string = never>(name: string, help: string, bounds: readonly number[]) {
    const all = new Map<string, { labels: Labels; within: number[]; sum: number; count: number }>();
    families.push({
      name,
      help,
      kind: 'histogram',
      look: () =>
        [...all.values()].flatMap(({ labels, within, sum, count }): Sample[] => [
          ...bounds.map((bound, i): Sample => ['_bucket', { ...labels, le: String(bound) }, within[i] ?? 0]),
          ['_bucket', { ...labels, le: '+Inf' }, count],
          ['_sum', labels, sum],
          ['_count', labels, count],
        ]),
    });
    return {
      observe(labels: Readonly<Record<L, string>>, value: number): void {
        const key = keyOf(labels);
        const one = all.get(key) ?? { labels, within: bounds.map(() => 0), sum: 0, count: 0 };
        all.set(key, one);
        one.count += 1;
        one.sum += value;
        bounds.forEach((bound, i) => {
          if (value <= bound) one.within[i] = (one.within[i] ?? 0) + 1;
        });
      },
    };
  }

  return {
    counter,
    histogram,
    /** A value that is looked up when somebody asks; `kind` counter for what only grows. */
    gauge(name: string, help: string, look: () => number | Promise<number>, kind: 'gauge' | 'counter' = 'gauge'): void {
      families.push({ name, help, kind, look: async () => [['', {}, await look()]] });
    },
    /** Everything, as Prometheus reads it. A gauge that cannot be looked up is left out, and the rest is said. */
    async expose(): Promise<string> {
      const blocks = await Promise.all(
        families.map(async ({ name, help, kind, look }) => {
          try {
            const lines = [...(await look())].map(([suffix, labels, value]) => lineOf(name + suffix, labels, value));
            return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines].join('\n');
          } catch {
            return null;
          }
        }),
      );
      return `${blocks.filter((block) => block !== null).join('\n')}\n`;
    },
  };
}
export type Registry = ReturnType<typeof makeRegistry>;

function lineOf(name: string, labels: Labels, value: number): string {
  const key = keyOf(labels);
  return `${name}${key === '' ? '' : `{${key}}`} ${value}`;
}
