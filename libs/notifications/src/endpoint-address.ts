/** Where a webhook or a gateway is called, from its address in its one spelling; and the number that a gateway sends to. */
export function endpointOf(address: string): { url: string; to: string | null } {
  const [url = '', to = null] = address.split(' ');
  return { url, to };
}

/** Whether a text is an address of an endpoint of a kind: asked before one is written down and again before it is called. */
export function isEndpointAddress(kind: 'webhook' | 'gateway', address: string): boolean {
  const { url, to } = endpointOf(address);
  const https = /^https:\/\//.test(url) && URL.canParse(url);
  return https && (kind === 'gateway' ? /^\+\d{5,15}$/.test(to ?? '') : to === null);
}
