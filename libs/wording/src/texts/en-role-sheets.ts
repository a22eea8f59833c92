/** What points of contact at each level are for, as guidance that a network may adapt (A/76/135, 77 (a)); part of `en.ts`. */
export const enRoleSheets = {
  words: {
    title: (level: string, network: string) => `Role sheet: ${level} (${network})`,
    guidance:
      'This is guidance. A State decides itself how it fills the role (A/76/135, paragraphs 76 and 77 (a)).',
    own: 'As the network adapted it',
    purpose: 'What it is for',
    roles: 'Expected roles',
    coordination: 'Coordination functions',
    readiness: 'Readiness requirements',
    version: 'Version of the sheet',
    levels: {
      policy: 'policy level',
      diplomatic: 'diplomatic level',
      technical: 'technical level',
      'law-enforcement-liaison': 'law enforcement liaison',
    },
  },
  sheets: {
    policy: {
      purpose: 'Speaks for its State on ICT security when an incident may strain relations (paragraph 76).',
      roles: {
        consult: 'Consults its counterparts to prevent misunderstandings and to lower tensions (76).',
        decide: 'Sees to a decision on whether and how assistance is offered (52, 53).',
        crisis:
          'Agrees beforehand by which means one talks in a crisis, and declares one where plans say so (55).',
      },
      coordination: {
        government: 'Brings together the ministries and agencies that have a part in the answer (21, 23).',
        technical: 'Has the assessment of the technical level before it speaks on facts (24).',
      },
      readiness: {
        authority: 'It is settled who may speak and decide, and who does so in their absence.',
        'out-of-hours': 'Somebody with that authority can be reached outside office hours.',
        procedure: 'A national procedure for requests of other States is written down (77 (b)).',
        'secure-channel': 'There is a channel for what is sensitive, and it was tried this year.',
        exercised: 'The role took part in an exercise or a communication check within a year (78).',
      },
    },
    diplomatic: {
      purpose:
        'Carries formal communication between States and keeps the record of it (paragraphs 76 and 77 (a)).',
      roles: {
        transmit: 'Receives and passes on formal requests and notifications without delay (53).',
        acknowledge: 'Acknowledges receipt. That is not concurrence with what was received (30 (c)).',
        escalate: 'Stands in where the technical level cannot be reached (77 (b)).',
      },
      coordination: {
        ministries: 'Knows which ministry or agency answers for which matter, and how to reach it (23).',
        missions: 'Keeps embassies and missions informed where they are asked.',
      },
      readiness: {
        authority: 'It is settled who may acknowledge and answer in the name of the State.',
        'out-of-hours': 'A duty officer of the ministry can be reached outside office hours.',
        contacts:
          'The contacts at policy and technical level at home are at hand and were checked this year.',
        templates: 'The network’s forms for requests and answers are known to who is on duty (54).',
        exercised: 'The role took part in an exercise or a communication check within a year (78).',
      },
    },
    technical: {
      purpose:
        'Handles incidents directly with its counterparts, usually from a CERT (paragraphs 65 and 76).',
      roles: {
        receive: 'Receives requests and notifications at any hour that the entry names (53).',
        acknowledge: 'Acknowledges receipt and says when an answer can be expected (54).',
        assess: 'Assesses what can be done: capabilities, capacity, resources (53).',
        assist: 'Gives technical assistance within its mandate, in good faith (30 (b), 52).',
      },
      coordination: {
        certs: 'Reaches sector CERTs, operators of critical infrastructure and providers at home (68).',
        levels: 'Tells the diplomatic and policy level what may grow beyond the technical (24).',
        evidence: 'Knows when to bring in law enforcement, and keeps what may be evidence (33).',
      },
      readiness: {
        'duty-hours': 'Hours of duty are in the directory, and somebody is there in these hours.',
        alternate: 'There is an alternate, who has what the primary one has.',
        keys: 'Keys for confidential mail are valid, and a test message was read this quarter.',
        mandate: 'Status, authority and mandate of the body are stated in the directory (68).',
        'non-misuse': 'The body is not used for malicious activity against others, and it says so (67).',
        exercised: 'The role took part in an exercise or a communication check within a year (78).',
      },
    },
    'law-enforcement-liaison': {
      purpose:
        'Is the way to the authorities that investigate crime, beside the technical way (paragraph 33).',
      roles: {
        receive: 'Receives requests to preserve and to pass on evidence, or says where they belong (33).',
        advise: 'Says which form a request for mutual legal assistance has to have.',
      },
      coordination: {
        prosecution: 'Reaches police and prosecution at any hour that the entry names.',
        certs: 'Has agreed with the CERTs at home how traces are handed over (33).',
      },
      readiness: {
        'out-of-hours': 'Urgent requests to preserve evidence can be taken outside office hours.',
        'legal-basis': 'It is written down what can be done before a formal request has come.',
        custody: 'There is a procedure that keeps the chain of custody (33).',
        exercised: 'The role took part in an exercise or a communication check within a year (78).',
      },
    },
  },
};
