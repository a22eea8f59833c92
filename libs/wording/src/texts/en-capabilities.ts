/** Names of what a party could offer, after the FIRST CSIRT Services Framework 2.1 in short words; part of `en.ts`. */
export const enCapabilities = {
  kinds: {
    'incident-analysis': 'Analysis of an incident',
    'forensic-analysis': 'Analysis of artefacts and forensic evidence',
    'mitigation-and-recovery': 'Mitigation and recovery',
    'incident-coordination': 'Coordination of an incident',
    'crisis-management-support': 'Support of crisis management',
    'vulnerability-coordination': 'Coordination and disclosure of vulnerabilities',
    'situational-awareness': 'Situational awareness',
    training: 'Training',
    exercises: 'Exercises',
    advice: 'Technical and policy advice',
  },
};
