import { newId, newReferenceCode } from './ids.js';

describe('ids and references', () => {
  it('are UUIDs of version 7, in the order of their making', () => {
    const ids = Array.from({ length: 100 }, newId);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
  });

  it('are six characters that cannot be misread, and tell no order', () => {
    const codes = Array.from({ length: 500 }, newReferenceCode);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(codes).size).toBeGreaterThan(495);
    expect([...codes].sort()).not.toEqual(codes);
  });
});
