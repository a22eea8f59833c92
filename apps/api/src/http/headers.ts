/** For everything that is no page: a browser that shows it runs, loads and frames nothing. */
export const noPage = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-permitted-cross-domain-policies': 'none',
  'cache-control': 'no-store',
  'content-security-policy': noPage,
};

/** Two years and the names below this one, as far as people reach the instance over https (RFC 6797). */
const strictTransport = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

/** The headers that every answer bears unless its route has said otherwise. */
export const headersOf = (publicUrl: string): Readonly<Record<string, string>> => ({
  ...always,
  ...(publicUrl.startsWith('https:') ? strictTransport : {}),
});

/** For a page without scripts: one style element with this nonce, and forms to ourselves. */
export const pageWith = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; object-src 'none'; base-uri 'none'; ` +
  `frame-ancestors 'none'`;

/** For a page that calls the interface by scripts of our own: nothing inside it runs, and no form leaves by itself. */
export const callingPageWith = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'nonce-${nonce}'; connect-src 'self'; form-action 'none'; ` +
  `object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`;

/** For a page that runs a script of our own and may connect to nothing, not even to us. */
export const closedPageWith = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'nonce-${nonce}'; connect-src 'none'; form-action 'none'; ` +
  `object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`;

/** What a page that was saved to disk states for itself: its one script and its one style, by their digests. */
export const savedPageWith = (script: string, style: string): string =>
  `default-src 'none'; script-src 'sha256-${script}'; style-src 'sha256-${style}'; connect-src 'none'; ` +
  `form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'`;

/** For the pages that describe the interface: scripts, styles and calls of our own; style elements with this nonce. */
export const docsWith = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
  `connect-src 'self'; form-action 'none'; object-src 'none'; base-uri 'none'; ` +
  `frame-ancestors 'none'`;

/** The same page with the nonce at its style elements, and without style attributes: the policy lets none pass. */
export const withNonce = (page: string, nonce: string): string =>
  page.replaceAll('<style>', `<style nonce="${nonce}">`).replaceAll(/(<svg\b[^>]*) style="[^"]*"/g, '$1');
