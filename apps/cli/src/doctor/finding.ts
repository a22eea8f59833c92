/** One thing that was looked at. `note`: not wrong, but to be known. */
export interface Finding {
  is: 'well' | 'wrong' | 'note';
  says: string;
}

export const well = (says: string): Finding => ({ is: 'well', says });
export const wrong = (says: string): Finding => ({ is: 'wrong', says });
export const note = (says: string): Finding => ({ is: 'note', says });

const marks = { well: 'well ', wrong: 'WRONG', note: 'note ' } as const;

/** A finding as the operator reads it. */
export const findingLine = ({ is, says }: Finding): string => `${marks[is]}  ${says}`;

/** What an error says to an operator; addresses in it may bear passwords, so only code and message are told. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown reason';
  const code = 'code' in error ? `${String(error.code)} ` : '';
  return `${code}${error.message}`.trim().replace(/\/\/[^@\s]*@/g, '//');
};
