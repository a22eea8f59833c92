import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

interface Report {
  auditReportVersion?: number;
  message?: string;
  vulnerabilities?: Record<string, { severity: string; range?: string }>;
}

export interface Verdict {
  passed: boolean;
  /** For people: one line, and one more for each package with a known weakness. */
  said: string;
}

const grave = new Set(['high', 'critical']);

/**
 * What the registry's answer (`npm audit --json`) means: known weaknesses of high or critical severity fail, lesser ones
 * are named. No answer is no verdict: it passes, and says that nobody was asked.
 */
export function auditVerdict(output: string | null): Verdict {
  const report = read(output);
  if (report?.auditReportVersion === undefined || !report.vulnerabilities) {
    const why = report?.message ?? 'no answer';
    return { passed: true, said: `Audit: not asked, for the registry did not answer (${why.slice(0, 80)})` };
  }
  const found = Object.entries(report.vulnerabilities);
  const bad = found.filter(([, { severity }]) => grave.has(severity));
  const lines = found.map(([name, { severity, range }]) => `  ${severity}: ${name} ${range ?? ''}`.trimEnd());
  const count = `${bad.length} high or critical, ${found.length - bad.length} lesser`;
  return { passed: bad.length === 0, said: [`Audit: ${count}`, ...lines].join('\n') };
}

function read(output: string | null): Report | undefined {
  try {
    const value: unknown = JSON.parse(output ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const words = ['audit', '--json', '--package-lock-only', '--fetch-retries=0'];
  const { stdout } = spawnSync('npm', words, {
    cwd: resolve(import.meta.dirname, '../..'),
    encoding: 'utf8',
    timeout: 60_000,
  });
  const { passed, said } = auditVerdict(stdout);
  process.stdout.write(`${said}\n`);
  process.exitCode = passed ? 0 : 1;
}
