/** Roles of accounts that belong to a body of a party, and of those that belong to the network itself. */
export const partyRoles = ['party-administrator', 'officer', 'duty-officer', 'observer'] as const;
export const networkRoles = ['directory-manager', 'exercise-director', 'auditor'] as const;
export const roles = [...partyRoles, ...networkRoles] as const;
export type Role = (typeof roles)[number];

/** Who calls: an account in its role, or the bearer of one mail's link. */
export type CallerRole = Role | 'link-bearer';

/** What there is to be permitted, in words. */
export const permissions = {
  'read-directory': 'read the directory of parties and points of contact',
  'read-requests': 'read requests that concern its own body (a link: the one that it is for)',
  'file-requests': 'file, change, send and withdraw; accept, release, close and reopen',
  'acknowledge-requests': 'acknowledge receipt',
  'attend-requests': 'take, ask, write messages and notes',
  'answer-requests': 'assess, answer, redirect, report progress, extend and complete',
  'share-requests': 'share a request of its own body within the party, and end that; see with whom to',
  'clear-requests': 'clear what a colleague is about to do, where four eyes are demanded',
  'set-clearance': 'set which acts of its party (the secretariat: of the network) need a second person',
  'hold-requests': 'hold a request against erasure for the own side, and release it',
  'read-accounts': 'read the accounts and invitations that it answers for',
  'manage-party-accounts': 'invite people of its own party, end their accounts, name its identity providers',
  'manage-network-accounts':
    "invite the network's staff and administrators of parties, and end their accounts",
  announce: 'make announcements to the network, and withdraw them',
  'read-deliveries': 'read whether notices go through, without what they are about or for whom',
  'subscribe-checkpoints': 'have signed checkpoints of the record sent to its party',
  'set-retention': 'set how long contents of requests are kept',
  'keep-duty':
    'keep hours, absences and shifts at points of contact of its own body (administrators: of its party)',
  'keep-entries': 'keep the bodies, points of contact and channels of its own party',
  'make-calls':
    'have channels called that no machine operates, make such calls, and record what came of them',
  'read-in-bulk': 'read any number of entries of others within an hour, and take the directory out whole',
  'keep-parties': 'add observer States and organizations to the network, and keep their names and groups',
  'report-contacts': 'report a wrong point of contact or channel of any party',
  'keep-networks': 'keep networks: their members, fields that are shown, rules and role sheets',
  'check-readiness':
    'check points of contact of its own body against role sheets (administrators: of its party)',
  'keep-capabilities': 'say what its party could offer, and to whom that is shown',
  'keep-plans':
    'propose, agree and end communication plans of its own party (the secretariat: set that of the network)',
  'declare-modes': 'declare a heightened or crisis mode under a plan, as far as the plan says',
} as const;
export type Permission = keyof typeof permissions;

const everyone = ['read-directory'] as const;
const granted: Readonly<Record<CallerRole, readonly Permission[]>> = {
  // Whoever hands out access to a party's requests does not read them: that takes a second person.
  'party-administrator': [
    ...everyone,
    'set-clearance',
    'read-accounts',
    'manage-party-accounts',
    'subscribe-checkpoints',
    'keep-duty',
    'keep-entries',
    'read-in-bulk',
    'report-contacts',
    'check-readiness',
    'keep-capabilities',
    'keep-plans',
  ],
  officer: [
    ...everyone,
    ...([
      'read-requests',
      'file-requests',
      'acknowledge-requests',
      'attend-requests',
      'answer-requests',
      'share-requests',
      'clear-requests',
      'hold-requests',
      'keep-duty',
      'make-calls',
      'report-contacts',
      'check-readiness',
      'keep-capabilities',
      'keep-plans',
      'declare-modes',
    ] as const),
  ],
  'duty-officer': [
    ...everyone,
    ...(['read-requests', 'acknowledge-requests', 'attend-requests', 'keep-duty', 'make-calls'] as const),
    ...(['report-contacts', 'declare-modes'] as const),
  ],
  observer: [...everyone, 'read-requests'],
  'directory-manager': [
    ...everyone,
    'set-clearance',
    'read-accounts',
    'manage-network-accounts',
    'announce',
    'read-deliveries',
    'set-retention',
    'keep-parties',
    'read-in-bulk',
    'make-calls',
    'keep-networks',
    'keep-plans',
    'declare-modes',
  ],
  'exercise-director': everyone,
  auditor: [...everyone, 'read-accounts', 'read-deliveries'],
  'link-bearer': ['read-requests', 'acknowledge-requests'],
};

/** Whether a role includes a permission; a role that there is not includes none. */
export const permits = (role: string, permission: Permission): boolean =>
  Object.hasOwn(granted, role) && granted[role as CallerRole].includes(permission);

/** Whether somebody's role includes a permission and, where a token acts for them, its scope does too. */
export const includes = (
  who: { role: string; scope?: readonly Permission[] | undefined },
  permission: Permission,
): boolean => permits(who.role, permission) && (who.scope?.includes(permission) ?? true);

/** The roles that an account of this role may invite, and whose accounts it may end. */
export function managedRoles(role: string): readonly Role[] {
  if (permits(role, 'manage-party-accounts')) return partyRoles;
  return permits(role, 'manage-network-accounts') ? [...networkRoles, 'party-administrator'] : [];
}

/** The whole table in Markdown, as the documentation prints it. */
export function permissionTable(): string {
  const names = Object.keys(granted) as CallerRole[];
  const head = ['permission', ...names.map((name) => `\`${name}\``), 'what it is'];
  const rows = (Object.keys(permissions) as Permission[]).map((permission) => [
    `\`${permission}\``,
    ...names.map((name) => (permits(name, permission) ? 'yes' : '')),
    permissions[permission],
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
