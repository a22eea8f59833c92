import { isTlpCode, mayTravelInMail, tlpCodes, tlpColour, tlpLabel } from './tlp.js';

describe('the Traffic Light Protocol', () => {
  it('has the five labels of version 2.0', () => {
    expect(tlpCodes.map(tlpLabel)).toEqual([
      'TLP:RED',
      'TLP:AMBER+STRICT',
      'TLP:AMBER',
      'TLP:GREEN',
      'TLP:CLEAR',
    ]);
  });

  it('has the colours of FIRST on black', () => {
    expect(tlpCodes.map((code) => tlpColour(code).text)).toEqual([
      '#FF2B2B',
      '#FFC000',
      '#FFC000',
      '#33FF00',
      '#FFFFFF',
    ]);
    expect(new Set(tlpCodes.map((code) => tlpColour(code).background))).toEqual(new Set(['#000000']));
  });

  it('keeps content of RED and AMBER+STRICT out of mail', () => {
    expect(tlpCodes.filter(mayTravelInMail)).toEqual(['AMBER', 'GREEN', 'CLEAR']);
  });

  it('does not know WHITE or lower case', () => {
    expect(['WHITE', 'red', 'TLP:RED', '', null].filter(isTlpCode)).toEqual([]);
    expect(tlpCodes.every(isTlpCode)).toBe(true);
  });
});
