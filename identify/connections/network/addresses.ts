// Where a connection to the outside may lead. An address that somebody types may be a name that leads into the own network: names are
// resolved here, every address they lead to is looked at, and the connection goes to one that was looked at, not to what the name
// leads to a moment later.
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { fail } from '@vinculo/errors';

const list = (v4: readonly [string, number][], v6: readonly [string, number][]): BlockList => {
  const blocked = new BlockList();
  for (const [net, bits] of v4) {
    blocked.addSubnet(net, bits, 'ipv4');
    // The same address may come written as IPv6: mapped (::ffff:10.0.0.1) and through NAT64 (64:ff9b::10.0.0.1).
    blocked.addSubnet(`::ffff:${net}`, 96 + bits, 'ipv6');
    blocked.addSubnet(`64:ff9b::${net}`, 96 + bits, 'ipv6');
  }
  for (const [net, bits] of v6) blocked.addSubnet(net, bits, 'ipv6');
  return blocked;
};

/** This machine and the networks of a company. Source: IANA special-purpose address registries (RFC 6890). */
const OWN = list(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ],
  [
    ['::1', 128],
    ['fc00::', 7],
  ],
);
/** Where nothing of anybody's is: cloud machines tell their keys on the link-local addresses. */
const NEVER = list(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 128],
    ['fe80::', 10],
    ['ff00::', 8],
    ['100::', 64],
    ['2001:db8::', 32],
    ['2002::', 16],
  ],
);

/** Whether a connection may go to this IP address. `own` allows this machine and the networks of the company. */
export function mayConnect(address: string, own: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return !NEVER.check(address, family) && (own || !OWN.check(address, family));
}

/**
 * The `lookup` of a socket that goes nowhere it may not: a name is refused when any of its addresses is.
 *
 * @param own whether this machine and the networks of the company are allowed.
 */
export function checkedLookup(own: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const wrong = found.find(({ address }) => !mayConnect(address, own));
      if (wrong || found.length === 0) return done(new AddressRefused(hostname), '');
      if ((options as { all?: boolean }).all) return done(null, found as never);
      done(null, found[0]!.address, found[0]!.family);
    });
  };
}

/** The name leads where connections may not go. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'VIN_ADDRESS_REFUSED';
  constructor(host: string) {
    super(`${host} leads into a private network`);
  }
}

/** A host given as digits has no lookup: it is looked at before the connection. @throws AddressRefused */
export function checkHost({ hostname }: URL, own: boolean): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !mayConnect(host, own)) throw new AddressRefused(host);
}

/**
 * Refuses at once what would be refused later: an address that is none, one with a password in it, one in the own network. A name
 * that is not known yet is taken.
 *
 * @throws VIN_WEBHOOK_URL, VIN_WEBHOOK_PRIVATE
 */
export async function checkUrl(text: string, own: boolean): Promise<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw fail('VIN_WEBHOOK_URL');
  if (url.username || url.password) throw fail('VIN_WEBHOOK_URL_SECRET');
  try {
    checkHost(url, own);
    await new Promise<void>((resolve, reject) => {
      if (isIP(url.hostname.replace(/^\[|\]$/g, ''))) return resolve();
      checkedLookup(own)(url.hostname, {}, (error) => (error instanceof AddressRefused ? reject(error) : resolve()));
    });
  } catch (error) {
    if (error instanceof AddressRefused) throw fail('VIN_WEBHOOK_PRIVATE', { host: url.hostname });
    throw error;
  }
  return url;
}
