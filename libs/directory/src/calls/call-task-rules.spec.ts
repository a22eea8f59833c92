import {
  allowedCallActs,
  callStateAt,
  callWayOf,
  outcomeFault,
  refuseCall,
  type CallFacts,
  type CallStanding,
} from './call-task-rules.js';

const at = new Date('2026-07-01T12:00:00Z');
const [before, after] = [new Date(at.getTime() - 1), new Date(at.getTime() + 1)];
const open: CallFacts = {
  ...{ state: 'open', reason: 'proof', way: null, expiresAt: after, takes: 0, takenBy: null },
  ...{ takenUntil: null, triesLeft: 0, heardAt: null },
};
const taken: CallFacts = {
  ...{ ...open, state: 'taken', way: 'read-out', takes: 1, takenBy: 'caller', takenUntil: after },
  triesLeft: 5,
};
const caller: CallStanding = { account: 'caller', calls: true, called: true, added: false };
const colleague = { ...caller, account: 'colleague' };
const callee: CallStanding = { account: 'callee', calls: false, called: true, added: false };
const stranger = { ...callee, account: 'stranger', called: false };

describe('a call task', () => {
  it('is done by one person at a time, and is open again when that one has let it lie', () => {
    expect(allowedCallActs(open, caller, at)).toEqual(['take', 'cancel']);
    expect(allowedCallActs(taken, caller, at)).toEqual(['take', 'record', 'cancel']);
    expect(allowedCallActs(taken, colleague, at)).toEqual(['hear']);
    const left = { ...taken, takenUntil: at };
    expect(callStateAt(left, at)).toBe('open');
    expect(allowedCallActs(left, colleague, at)).toEqual(['take', 'cancel']);
    expect(allowedCallActs(left, caller, at)).toEqual(['take', 'cancel']);
  });

  it('that proves a channel is not for who added it, while a check is', () => {
    const adder = { ...caller, added: true };
    expect(refuseCall('take', open, adder, at)).toMatchObject({ code: 'forbidden' });
    expect(refuseCall('take', { ...open, reason: 'check' }, adder, at)).toBeNull();
  });

  it('lets the party that is called record a code that is read out, and nobody else', () => {
    expect(allowedCallActs(taken, callee, at)).toEqual(['hear']);
    expect(refuseCall('hear', taken, caller, at)).toMatchObject({ code: 'forbidden' });
    expect(refuseCall('hear', taken, stranger, at)).toMatchObject({ code: 'forbidden' });
    for (const facts of [
      open,
      { ...taken, way: 'mailed' as const },
      { ...taken, heardAt: before },
      { ...taken, triesLeft: 0 },
      { ...taken, takenUntil: before },
    ])
      expect(refuseCall('hear', facts, callee, at)).toMatchObject({ code: 'act-not-possible' });
  });

  it('can be taken five times', () => {
    expect(refuseCall('take', { ...taken, takes: 4 }, caller, at)).toBeNull();
    expect(refuseCall('take', { ...taken, takes: 5 }, caller, at)).toMatchObject({
      code: 'act-not-possible',
    });
  });

  it('that is over stays as it is, and one that nobody made in time is over', () => {
    for (const state of ['done', 'cancelled', 'expired'] as const)
      expect(allowedCallActs({ ...taken, state }, caller, at)).toEqual([]);
    const late = { ...taken, expiresAt: at };
    expect([callStateAt(late, at), allowedCallActs(late, caller, at)]).toEqual(['expired', []]);
  });

  it('has its code repeated by the callee where a mailbox would prove nothing', () => {
    for (const reason of ['request', 'change'] as const)
      expect([callWayOf(reason, true), callWayOf(reason, false)]).toEqual(['read-back', 'read-back']);
    for (const reason of ['proof', 'check'] as const)
      expect([callWayOf(reason, true), callWayOf(reason, false)]).toEqual(['mailed', 'read-out']);
  });

  it('can be disputed where it announces a change, and has a code where it was answered alone', () => {
    for (const reason of ['proof', 'check', 'request'] as const)
      expect(outcomeFault(reason, 'disputed', undefined)?.pointer).toBe('#/outcome');
    expect(outcomeFault('change', 'disputed', undefined)).toBeNull();
    for (const outcome of ['disputed', 'no-answer'] as const)
      expect(outcomeFault('change', outcome, '123456')?.pointer).toBe('#/code');
    expect(outcomeFault('change', 'answered', '123456')).toBeNull();
  });
});
