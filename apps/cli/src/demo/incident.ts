/** The incident that the demo plays: between fictional States only, with most facts unknown. */
export const incident = {
  requester: { party: 'XA', officer: 'officer@xa.example', told: 'cert@xa.example' },
  addressee: { party: 'XB', officer: 'duty@xb.example', told: 'cert@xb.example' },
  dutyOfficer: 'M. Example, CERT XB',
  request: {
    from: 'XA',
    to: ['XB'],
    urgency: 'U1',
    tlp: 'TLP:AMBER',
    sentence: {
      text: 'Ransomware is spreading between two of our hospitals: we ask for help to identify the strain and to stop it.',
      language: 'en',
    },
    text: {
      text: `Known: two hospitals, admissions closed since 03:10 UTC, file servers encrypted.
Unknown: how it came in, which strain it is, whether data were taken, who is behind it.
To follow: samples of the encrypted files and of the ransom note.`,
      language: 'en',
    },
  },
} as const;
