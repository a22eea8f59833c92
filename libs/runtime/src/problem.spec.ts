import { Problem, problemCatalogue, toPointer } from './problem.js';

describe('a problem', () => {
  it('becomes an RFC 9457 document with its faults', () => {
    const problem = new Problem('invalid-input', 'One field does not fit.', {
      errors: [{ pointer: '#/to/0', detail: 'is not a State of this network' }],
    });
    expect(problem.toDocument()).toEqual({
      type: 'urn:aldis:problem:invalid-input',
      title: 'The input does not fit',
      status: 400,
      detail: 'One field does not fit.',
      errors: [{ pointer: '#/to/0', detail: 'is not a State of this network' }],
    });
  });

  it('has a status between 400 and 599 for every code', () => {
    for (const { status } of Object.values(problemCatalogue)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  it('points with escaped steps', () => {
    expect(toPointer([])).toBe('#');
    expect(toPointer(['to', 0])).toBe('#/to/0');
    expect(toPointer(['a/b', 'c~d'])).toBe('#/a~1b/c~0d');
  });
});
