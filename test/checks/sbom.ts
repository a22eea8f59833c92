import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Part {
  'bom-ref': string;
  name: string;
  properties?: { name: string; value: string }[];
}
interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; tools?: unknown; component: Part };
  components: Part[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

const isTool = ({ properties = [] }: Part): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

/**
 * A CycloneDX document without the tools of development, and without what differs from one run to the next (serial
 * number, time, version of npm, name of the folder): two of the same lock file are equal byte by byte.
 */
export function sameEachTime(document: string): string {
  const { serialNumber: _, ...bom } = JSON.parse(document) as Bom;
  const { timestamp: _at, tools: _tools, ...metadata } = bom.metadata;
  const { component } = metadata;
  const name = component['bom-ref'].replace(/@[^@]*$/, '');
  const components = bom.components.filter((part) => !isTool(part));
  const kept = new Set([component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
  const made = {
    ...bom,
    metadata: { ...metadata, component: { ...component, name } },
    components,
    dependencies,
  };
  return `${JSON.stringify(made, null, 1)}\n`;
}

/** What the running system is made of, from package-lock.json alone (CycloneDX 1.5). */
function made(root: string): string {
  // Not `--omit dev`: that also leaves out what the running system shares with a tool.
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm sbom did not succeed:\n${stderr}`);
  return sameEachTime(stdout);
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '../..');
  const path = resolve(root, 'sbom.json');
  if (process.argv.includes('--write')) writeFileSync(path, made(root));
  else if (readFileSync(path, 'utf8') !== made(root)) {
    process.stderr.write('sbom.json is not what package-lock.json says: npm run sbom:write\n');
    process.exitCode = 1;
  }
}
