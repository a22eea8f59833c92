import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { auditVerdict } from './audit.js';
import { sameEachTime } from './sbom.js';

const root = resolve(import.meta.dirname, '../..');
const report = (...severities: string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, at) => [`package-${at}`, { severity, range: '<2.0.0' }]),
    ),
  });

describe('what the registry knows of weaknesses', () => {
  it.each(['high', 'critical'])('fails the check when one is %s, and names the package', (severity) => {
    const { passed, said } = auditVerdict(report('low', severity));
    expect([passed, said.split('\n')]).toEqual([
      false,
      ['Audit: 1 high or critical, 1 lesser', '  low: package-0 <2.0.0', `  ${severity}: package-1 <2.0.0`],
    ]);
  });

  it('passes when there are none, or lesser ones, which are named all the same', () => {
    expect(auditVerdict(report())).toEqual({ passed: true, said: 'Audit: 0 high or critical, 0 lesser' });
    expect(auditVerdict(report('moderate', 'low', 'info')).passed).toBe(true);
    expect(auditVerdict(report('moderate')).said).toContain('moderate: package-0');
  });

  it.each([
    ['nothing', ''],
    ['not at all', null],
    ['half an answer', '{"auditReportVersion":2'],
    ['an error', '{"message":"405 Method Not Allowed","error":{}}'],
    ['something else', 'null'],
  ])('is said to be unknown when it answers %s: that is no clean bill', (_, output) => {
    const { passed, said } = auditVerdict(output);
    expect([passed, said]).toEqual([true, expect.stringContaining('Audit: not asked') as string]);
  });
});

describe('the list of what the system is made of', () => {
  const bom = readFileSync(resolve(root, 'sbom.json'), 'utf8');
  const { components } = JSON.parse(bom) as { components: { name: string; version: string }[] };

  it('is the same each time it is made, wherever it is made', () => {
    const another = JSON.parse(bom) as { metadata: { component: { name: string } } };
    another.metadata.component.name = 'another-folder';
    const made = {
      ...another,
      serialNumber: 'urn:uuid:1',
      metadata: { ...another.metadata, timestamp: 'now', tools: [{ name: 'cli' }] },
    };
    expect(sameEachTime(JSON.stringify(made))).toBe(bom);
  });

  it('names every package that the running system needs, and none of the tools beside it', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(resolve(root, 'package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const listed = components.map(({ name, version }) => `${name}@${version}`);
    expect(listed).toEqual(
      expect.arrayContaining(Object.entries(dependencies).map(([name, version]) => `${name}@${version}`)),
    );
    for (const tool of ['jest', 'eslint', 'supertest'])
      expect([tool in devDependencies, components.some(({ name }) => name === tool)]).toEqual([true, false]);
  });
});
