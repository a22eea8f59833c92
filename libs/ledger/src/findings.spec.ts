import { allPages } from './findings.js';

describe('all pages', () => {
  const numbers = Array.from({ length: 7 }, (_, index) => index + 1);
  const page = async (after: number | undefined, limit: number) =>
    numbers.filter((number) => number > (after ?? 0)).slice(0, limit);

  it.each([1, 2, 3, 7, 8])('of %s rows each give every row once', async (limit) => {
    const seen: number[] = [];
    for await (const row of allPages(page, limit)) seen.push(row);
    expect(seen).toEqual(numbers);
  });
});
