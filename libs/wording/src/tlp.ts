/** Codes of the Traffic Light Protocol 2.0 (FIRST), strictest first. */
export const tlpCodes = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const;

export type TlpCode = (typeof tlpCodes)[number];

export const isTlpCode = (value: unknown): value is TlpCode => tlpCodes.some((code) => code === value);

/** The label as FIRST writes it: capitals, no space, never translated. */
export const tlpLabel = (code: TlpCode): `TLP:${TlpCode}` => `TLP:${code}`;

const colours: Readonly<Record<TlpCode, string>> = {
  RED: '#FF2B2B',
  'AMBER+STRICT': '#FFC000',
  AMBER: '#FFC000',
  GREEN: '#33FF00',
  CLEAR: '#FFFFFF',
};

/** Colour of the label's letters; the background is black for every label. */
export const tlpColour = (code: TlpCode): { text: string; background: '#000000' } => ({
  text: colours[code],
  background: '#000000',
});

/** Whether what people wrote under this label may stand in a mail or on a page that needs no sign-in. */
export const mayTravelInMail = (code: TlpCode): boolean => code !== 'RED' && code !== 'AMBER+STRICT';
