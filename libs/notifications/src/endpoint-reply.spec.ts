import { afterReply, waitAfter } from './endpoint-reply.js';

describe('what an endpoint replies', () => {
  it('is taken for a yes with a status of success alone', () => {
    const all = (statuses: number[]) => [...new Set(statuses.map((status) => afterReply({ status })))];
    expect(all([200, 202, 204])).toEqual(['accepted']);
    expect(all([301, 302, 400, 401, 404, 410])).toEqual(['failed']);
    expect(all([408, 425, 429, 500, 502, 503])).toEqual(['again']);
  });

  it('is waited for again where nobody replied, but not where nothing is called', () => {
    for (const fault of ['name', 'silence', 'time', 'size'] as const)
      expect(afterReply({ fault })).toBe('again');
    for (const fault of ['address', 'place'] as const) expect(afterReply({ fault })).toBe('failed');
  });

  it('is waited for longer each time, up to half an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(waitAfter)).toEqual([
      5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 1_800_000, 1_800_000,
    ]);
  });
});
