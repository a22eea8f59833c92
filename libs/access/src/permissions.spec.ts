import {
  managedRoles,
  networkRoles,
  partyRoles,
  permissions,
  permits,
  permissionTable,
  roles,
} from './permissions.js';

describe('permissions', () => {
  it('let nobody both read requests and hand out access to them', () => {
    for (const role of roles)
      expect([role, permits(role, 'read-requests') && permits(role, 'read-accounts')]).toEqual([role, false]);
  });

  it("keep requests from the network's staff", () => {
    for (const role of networkRoles)
      for (const permission of ['read-requests', 'file-requests', 'acknowledge-requests'] as const)
        expect([role, permits(role, permission)]).toEqual([role, false]);
  });

  it('are none for a role that there is not', () => {
    for (const role of ['', 'constructor', 'toString', 'root'])
      expect([role, permits(role, 'read-directory'), managedRoles(role)]).toEqual([role, false, []]);
  });

  it('let administrators of parties manage their party, and the secretariat itself and them', () => {
    expect(managedRoles('party-administrator')).toEqual(partyRoles);
    expect(managedRoles('directory-manager')).toEqual([...networkRoles, 'party-administrator']);
    for (const role of ['officer', 'duty-officer', 'observer', 'auditor', 'exercise-director', 'link-bearer'])
      expect([role, managedRoles(role)]).toEqual([role, []]);
  });

  it('are printed as a table with a row for each', () => {
    const [head = '', , ...rows] = permissionTable().split('\n');
    expect(head).toContain('`party-administrator`');
    expect(rows).toHaveLength(Object.keys(permissions).length);
    expect(new Set([head, ...rows].map((row) => row.length)).size).toBe(1);
    expect(rows.find((row) => row.startsWith('| `file-requests`'))?.match(/yes/g)).toHaveLength(1);
  });
});
