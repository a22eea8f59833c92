import { contentsOf, everythingIn, isAddressOf, isIn, tracesOf } from './traces.js';

describe('traces of a State', () => {
  it('are its codes, names and addresses', () => {
    expect(tracesOf('XB', '"from":"XB", to cert@xb.example of Fictional State B')).toEqual([
      'XB',
      'Fictional State B',
      'xb.example',
    ]);
  });

  it('are found wherever they stand in a value, also at the beginning of a line', () => {
    expect(tracesOf('XB', everythingIn({ lines: [{ said: 'To:\nXB\n', at: null }] }))).toEqual(['XB']);
    expect(tracesOf('XB', everythingIn([{ XB: 1 }]))).toEqual(['XB']);
  });

  it('tell its addresses from those of another', () => {
    expect(
      ['cert@xb.example', 'cert@xc.example', 'cert@not-xb.example'].map((to) => isAddressOf('XB', to)),
    ).toEqual([true, false, false]);
  });

  it('are not found in longer words and in other States', () => {
    expect(tracesOf('XB', 'AXBC, XBBC, État fictif C, cert@xc.example')).toEqual([]);
  });
});

describe('the contents of what was sent', () => {
  it('are what was written and what was observed, each once', () => {
    const sentence = { text: 'We ask for help to take down three servers.', language: 'en' };
    const resources = [{ type: 'domain', value: 'telemetry.c2.example' }];
    expect(
      contentsOf([{ from: 'XC', sentence, answers: { activity: { resources } } }, { text: sentence }]),
    ).toEqual([sentence.text, 'telemetry.c2.example']);
  });

  it('leave out what chance could find', () => {
    expect(contentsOf([{ text: { text: 'Duty officer', language: 'en' } }])).toEqual([]);
  });

  it('are found in a mail that breaks them into quoted lines', () => {
    expect(isIn('We ask for help, now.', '> We ask\n> for help, now.\n')).toBe(true);
    expect(isIn('We ask for help, now.', '> We ask\n> for more.\n')).toBe(false);
  });
});
