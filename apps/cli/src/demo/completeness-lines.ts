import type { RequestView } from '#libs/requests';
import { utcMinute, wrapped } from './layout.js';

type Completeness = NonNullable<RequestView['completeness']>;

interface Named {
  label: { en: string };
  expectedAt?: string | undefined;
}

const kinds = ['unknown', 'withheld', 'to-follow'] as const;

/**
 * How complete a request is and what is missing, as lines of text: counts, and by name the fields that are said to
 * be unavailable and the important ones among those that were passed over.
 */
export function completenessLines({
  percent,
  answered,
  fields,
  unavailable,
  missing,
}: Completeness): string[] {
  const important = missing.filter((field) => field.important);
  return [
    `Completeness at filing: ${percent} %; ${answered} of ${fields} fields have a value`,
    ...kinds.flatMap((kind) => {
      const found = unavailable.filter(({ availability }) => availability === kind);
      return found.length === 0
        ? []
        : wrapped(`${kind.replace('-', ' ')} ${found.length}: ${names(found)}`, '  ');
    }),
    ...wrapped(`not answered ${missing.length}, of them important: ${names(important) || 'none'}`, '  '),
  ];
}

const names = (fields: readonly Named[]): string =>
  fields
    .map(({ label, expectedAt }) => (expectedAt ? `${label.en} (by ${utcMinute(expectedAt)})` : label.en))
    .join('; ');
