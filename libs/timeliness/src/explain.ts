import { formatInstant, textsIn, type Language } from '#libs/wording';
import type { Explanation, Step } from './deadline.js';
import { timesIn } from './local-times.js';

/**
 * A deadline in words, a sentence for each step. Every instant is given in UTC and, behind it, in the zones of those
 * who read it: both sides see the same sentences.
 */
export const explain = (
  explanation: Explanation,
  language: Language,
  zones: readonly string[] = [],
): string[] => explanation.map((step) => sentence(step, language, zones));

function sentence(step: Step, language: Language, zones: readonly string[]): string {
  const { clock } = textsIn(language);
  switch (step.step) {
    case 'started':
      return clock.started(moment(step.at, zones));
    case 'counted':
      return step.counts === 'elapsed'
        ? clock.elapsed(duration(step.minutes))
        : clock[step.ofDuty ? 'onDuty' : 'working'](
            duration(step.minutes),
            step.zone,
            String(step.calendarVersion),
          );
    case 'paused':
      return step.until === null
        ? clock.pausedSince(moment(step.from, zones), clock.because[step.because])
        : clock.paused(moment(step.from, zones), moment(step.until, zones), clock.because[step.because]);
    case 'not-counted':
      return clock.daysOff[step.because](step.dates.join(', '));
    case 'due':
      return clock.due(moment(step.at, zones));
    case 'no-due':
      return clock.noDue[step.because];
  }
}

function moment(at: Date, zones: readonly string[]): string {
  const local = timesIn(at, zones).local.map(
    (time) => `${time.at.slice(0, 16).replace('T', ' ')} ${time.zone}`,
  );
  return local.length === 0 ? formatInstant(at) : `${formatInstant(at)} (${local.join(', ')})`;
}

function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const parts = [`${Math.floor(whole / 60)} h`, `${whole % 60} min`].filter((part) => !part.startsWith('0 '));
  return parts.length === 0 ? '0 min' : parts.join(' ');
}
