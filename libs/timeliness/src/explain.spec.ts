import { officeCalendar } from './calendar.js';
import type { Pause } from './counting.js';
import { deadline, type Task } from './deadline.js';
import { explain } from './explain.js';

const at = (text: string): Date => new Date(text);
const asked: Pause = {
  from: at('2026-06-09T09:00:00Z'),
  until: at('2026-06-09T11:00:00Z'),
  because: 'question-open',
};
const task: Task = {
  start: at('2026-06-05T14:00:00Z'),
  minutes: 500,
  counts: 'working',
  calendar: { ...officeCalendar('Europe/Berlin'), holidays: ['2026-06-08'] },
  pauses: [asked],
};
const said = (changes: Partial<Task>, language: 'en' | 'fr', zones?: string[]): string[] =>
  explain(deadline({ ...task, ...changes }).explanation, language, zones);

describe('an explanation in words', () => {
  it('has a sentence for each step, in English', () => {
    expect(said({}, 'en')).toEqual([
      'Counting starts: 2026-06-05 14:00 UTC.',
      'To be counted, in the duty hours of the addressee (Europe/Berlin, calendar version 1): 8 h 20 min.',
      'Not counted from 2026-06-09 09:00 UTC until 2026-06-09 11:00 UTC: a question was put to the requester.',
      'Not counted, days without duty hours: 2026-06-06, 2026-06-07.',
      'Not counted, holidays: 2026-06-08.',
      'Target: 2026-06-10 08:20 UTC.',
    ]);
  });

  it('has a sentence for each step, in French', () => {
    expect(said({}, 'fr')).toEqual([
      'Début du décompte\u00a0: 2026-06-05 14:00 UTC.',
      'Durée à décompter, pendant les heures de service du destinataire (Europe/Berlin, calendrier, version 1)\u00a0: 8 h 20 min.',
      'Temps non décompté, du 2026-06-09 09:00 UTC au 2026-06-09 11:00 UTC\u00a0: une question a été posée à l’État demandeur.',
      'Jours sans heures de service, non décomptés\u00a0: 2026-06-06, 2026-06-07.',
      'Jours fériés, non décomptés\u00a0: 2026-06-08.',
      'Échéance visée\u00a0: 2026-06-10 08:20 UTC.',
    ]);
  });

  it('gives each instant in the zones of both sides too', () => {
    const zones = ['Asia/Kolkata', 'Europe/Berlin'];
    expect(said({ counts: 'elapsed', minutes: 60, pauses: [] }, 'en', zones)).toEqual([
      'Counting starts: 2026-06-05 14:00 UTC (2026-06-05 19:30 Asia/Kolkata, 2026-06-05 16:00 Europe/Berlin).',
      'To be counted, day and night: 1 h.',
      'Target: 2026-06-05 15:00 UTC (2026-06-05 20:30 Asia/Kolkata, 2026-06-05 17:00 Europe/Berlin).',
    ]);
  });

  it.each([
    [
      'en',
      'Not counted since 2026-06-09 09:00 UTC: a question was put to the requester.',
      'While counting is paused, the target has no date.',
    ],
    [
      'fr',
      'Temps non décompté depuis le 2026-06-09 09:00 UTC\u00a0: une question a été posée à l’État demandeur.',
      'Tant que le décompte est suspendu, l’échéance visée n’a pas de date.',
    ],
  ] as const)('says in %s since when it is paused', (language, since, noDue) => {
    const sentences = said({ pauses: [{ ...asked, until: null }] }, language);
    expect(sentences).toContain(since);
    expect(sentences.at(-1)).toBe(noDue);
  });

  it('says why there is no date at all', () => {
    const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(said({ calendar: { ...task.calendar, week } }, 'en').at(-1)).toBe(
      'The target has no date: the calendar of the addressee has no duty hours.',
    );
    expect(said({ minutes: 1e9 }, 'en').at(-1)).toBe(
      'The target has no date: it lies more than ten years ahead.',
    );
  });

  it('gives durations in hours and minutes', () => {
    const durations = [0, 15, 60, 90, 4800].map(
      (minutes) => said({ minutes, counts: 'elapsed', pauses: [] }, 'en')[1],
    );
    expect(durations).toEqual(
      ['0 min', '15 min', '1 h', '1 h 30 min', '80 h'].map(
        (text) => `To be counted, day and night: ${text}.`,
      ),
    );
  });
});
