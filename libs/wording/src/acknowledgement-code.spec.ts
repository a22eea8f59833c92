import { groupCode, readCode } from './acknowledgement-code.js';

describe('an acknowledgement code', () => {
  it.each([
    ['481920', '481 920'],
    ['48192073', '4819 2073'],
    ['4819207', '4819 207'],
    ['', ''],
  ])('%s is shown as %j', (code, shown) => {
    expect(groupCode(code)).toBe(shown);
  });

  it.each([
    [' 481 920 ', '481920'],
    ['481-920', '481920'],
    ['481\u2013920\u200b\u200f', '481920'],
    ['４８１９２０', '481920'],
    ['٤٨١٩٢٠', '481920'],
    ['۴۸۱۹۲۰', '481920'],
    ['48l92O', '48l92O'],
  ])('typed as %j reads %s', (typed, code) => {
    expect(readCode(typed)).toBe(code);
  });

  it('survives being shown and typed', () => {
    expect(readCode(groupCode('90817263'))).toBe('90817263');
  });
});
