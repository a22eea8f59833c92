import { whoCalls } from './network-words.js';

describe('who makes the calls about a request', () => {
  it('is the side that asks, unless a shared network says the secretariat and none says otherwise', () => {
    const secretariat = { callTasksTo: 'secretariat' } as const;
    const members = { callTasksTo: 'members' } as const;
    expect([[], [{}], [members], [secretariat, members]].map(whoCalls)).toEqual([
      ...['members', 'members', 'members', 'members'],
    ]);
    expect([[secretariat], [secretariat, {}], [secretariat, secretariat]].map(whoCalls)).toEqual([
      ...['secretariat', 'secretariat', 'secretariat'],
    ]);
  });
});
