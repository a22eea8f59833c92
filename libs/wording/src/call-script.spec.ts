import { callScript, type CallScriptFacts } from './call-script.js';
import { languages } from './language.js';

const facts: CallScriptFacts = {
  ...{ language: 'en', instance: 'real', traffic: 'actual', caller: 'Exampleland B', role: 'Duty officer' },
  ...{ reason: 'check', way: null, code: null },
};
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
