import { currentLines } from './current-lines.js';

const line = (id: string, follows: string | null = null) => ({ id, follows });
const current = (...lines: ReturnType<typeof line>[]) => currentLines(lines).map(({ id }) => id);

describe('the lines that acts are done on', () => {
  it('are all lines where nothing was handed over', () => {
    expect(current(line('1'), line('2'))).toEqual(['1', '2']);
  });

  it('are the last of each chain, in whichever order they come', () => {
    expect(current(line('1'), line('2'), line('3', '1'), line('4', '3'))).toEqual(['2', '4']);
    expect(current(line('4', '3'), line('3', '1'), line('1'))).toEqual(['4']);
    expect(current()).toEqual([]);
  });
});
