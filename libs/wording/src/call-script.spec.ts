import { callScript, type CallScriptFacts } from './call-script.js';
import { languages } from './language.js';
import { textsIn } from './texts.js';

const facts: CallScriptFacts = {
  ...{ language: 'en', instance: 'real', traffic: 'actual', caller: 'Exampleland B', role: 'Duty officer' },
  ...{ reason: 'check', change: null, way: null, code: null },
};
const at = new Date('2026-11-23T09:00:00Z');
const read = (changes: Partial<CallScriptFacts>) => callScript({ ...facts, ...changes }).join('\n');

describe('the script of a call', () => {
  it.each(languages)('in %s says who calls, whom, and each way to a code in words of its own', (language) => {
    const ways = [
      read({ language }),
      read({ language, way: 'mailed' }),
      read({ language, way: 'read-out', code: '012345' }),
      read({ language, way: 'read-back', code: '012345' }),
    ];
    for (const script of ways) {
      expect(script).toContain('Exampleland B');
      expect(script).toContain('Duty officer');
    }
    expect(new Set(ways).size).toBe(4);
    expect(ways.map((script) => script.includes('012 345'))).toEqual([false, false, true, true]);
  });

  it('says that it is a check, or that a request waits, and not both', () => {
    const check = 'This is a check';
    const request = 'request for assistance';
    expect([read({}).includes(check), read({}).includes(request)]).toEqual([true, false]);
    const asked = read({ reason: 'request' });
    expect([asked.includes(check), asked.includes(request)]).toEqual([false, true]);
  });

  it.each(languages)('announces in %s each change in words of its own, and no address', (language) => {
    const kinds = ['add-channel', 'end-channel', 'replace-channel', 'change-use', 'retire'] as const;
    const scripts = kinds.flatMap((kind) =>
      [true, false].map((isThisOne) => {
        const change = { kind, isThisOne, ended: 'fax', added: 'webhook', at } as const;
        return callScript({ ...facts, language, reason: 'change', change, way: 'read-back', code: '012345' });
      }),
    );
    // What is added or removed is said alike on all channels.
    expect(new Set(scripts.map((lines) => lines.join())).size).toBe(8);
    const { channelChange, announcedChange, callScript: say } = textsIn(language);
    for (const lines of scripts) {
      expect(lines[2]).toContain('2026-11-23 09:00');
      expect(lines[4]).toBe(announcedChange.spoken.sayAtOnce);
      expect(lines[5]).toContain('012 345');
      expect(lines).not.toContain(say.check);
    }
    const [added, , endedHere, endedThere, , replacedThere] = scripts.map((lines) => lines[3]);
    expect(added).toContain(channelChange.kinds.webhook);
    expect(endedHere).toBe(announcedChange.spoken.sentences.endedHere);
    expect(endedThere).toContain(channelChange.kinds.fax);
    expect(
      [channelChange.kinds.fax, channelChange.kinds.webhook].map((kind) => replacedThere?.includes(kind)),
    ).toEqual([true, true]);
  });

  it('marks what is an exercise before and after, and what is of a sample world', () => {
    const lines = callScript({ ...facts, traffic: 'exercise' });
    expect([lines[0], lines.at(-1)]).toEqual(
      Array.from({ length: 2 }, () => 'Exercise, exercise, exercise.'),
    );
    expect(read({ instance: 'sample' })).toMatch(/^SAMPLE/);
    expect(read({ traffic: 'test' })).toMatch(/^TEST/);
    expect(read({})).not.toMatch(/SAMPLE|TEST|xercise/);
  });

  it('is read line by line, whatever a name holds', () => {
    for (const line of callScript({ ...facts, caller: 'Exampleland\r\nB' }))
      expect(line).not.toMatch(/[\r\n]/);
  });
});
