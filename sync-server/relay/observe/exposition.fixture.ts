/**
 * Whether a text is Prometheus' exposition format (version 0.0.4), as far as `promtool check metrics` would complain: names,
 * labels and values well formed; HELP and TYPE once and before the samples; no sample twice; counters end in `_total`.
 */
const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const SAMPLE = new RegExp(
  `^(${NAME})(\\{(?:${LABEL}(?:,${LABEL})*,?)?\\})? ([nN]a[nN]|[+-]?Inf|[+-]?[0-9.eE+-]+)(?: \\d+)?$`,
);
const KINDS = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

export function faultsOfMetrics(text: string): string[] {
  const faults: string[] = [];
  const types = new Map<string, string>();
  const helps = new Set<string>();
  const samples = new Set<string>();
  if (!text.endsWith('\n')) faults.push('the last line has no end');
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (what === 'HELP') {
      if (helps.has(name) || rest === '') faults.push(`HELP of ${name}`);
      helps.add(name);
    } else if (what === 'TYPE') {
      if (types.has(name) || !KINDS.includes(rest)) faults.push(`TYPE of ${name}`);
      if (rest === 'counter' && !name.endsWith('_total')) faults.push(`${name} is a counter without _total`);
      types.set(name, rest);
    } else if (!line.startsWith('#')) {
      const [, sample = '', labels = ''] = SAMPLE.exec(line) ?? [];
      const family = types.has(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');
      if (!types.has(family) || !helps.has(family)) faults.push(line);
      if (samples.has(sample + labels)) faults.push(`twice: ${line}`);
      samples.add(sample + labels);
    }
  }
  return faults;
}
