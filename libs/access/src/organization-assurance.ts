/** What an ID token says of how somebody was authenticated (OpenID Connect Core 1.0, section 2), in part or not at all. */
export interface AuthenticationClaims {
  acr?: string | undefined;
  amr?: readonly string[] | undefined;
  /** When somebody last proved who they are, and when the token was issued; seconds since 1970. */
  auth_time?: number | undefined;
  iat: number;
}

/** Values by which a provider says that it has checked a second factor. */
export interface SecondFactorValues {
  acr: readonly string[];
  amr: readonly string[];
}

/**
 * Values that say of one factor only, or of none: `0` (OpenID Connect Core 1.0, section 2) and methods of RFC 8176.
 * No provider can be told to count them as a second one.
 */
export const weakValues: ReadonlySet<string> = new Set(['0', 'pwd', 'pin', 'kba', 'geo', 'rba', 'user']);

/** Whether the provider has checked a second factor: it says one of the values by which it is known to say so. */
export const hasSecondFactor = ({ acr, amr }: AuthenticationClaims, values: SecondFactorValues): boolean =>
  (acr !== undefined && values.acr.includes(acr)) || (amr ?? []).some((one) => values.amr.includes(one));

/** Seconds between the proof and the token, by the provider's clock alone; undefined when it does not say. */
export const provedAgo = ({ auth_time: proved, iat }: AuthenticationClaims): number | undefined =>
  proved === undefined ? undefined : Math.max(0, iat - proved);

/** Seconds by which times that were cut to whole seconds may be apart. */
const roundedOff = 2;

/**
 * Whether somebody has proved who they are since we sent them to the provider, `elapsed` seconds ago. The provider's
 * two times are compared with each other and ours with each other: its clock may be wrong.
 */
export const wasProvedSince = (claims: AuthenticationClaims, elapsed: number): boolean =>
  (provedAgo(claims) ?? Infinity) <= elapsed + roundedOff;
