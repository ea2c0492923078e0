import { isIP } from 'node:net';

/** An address as a number; an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) is the IPv4 address it stands for. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

export interface Cidr extends IpAddress {
  readonly prefixLength: number;
}

const mappedPrefix = 0xffffn;

function ipv4Bits(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function ipv6Bits(text: string): bigint {
  const dotted = /[0-9]+(?:\.[0-9]+){3}$/.exec(text)?.[0];
  const hex = dotted
    ? text.slice(0, -dotted.length) + ipv4Bits(dotted).toString(16).padStart(8, '0').replace(/^.{4}/, '$&:')
    : text;
  const [head = '', tail] = hex.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const left = groups(head);
  const right = groups(tail);
  const all = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return all.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** The address without folding mapped ones; zones (`%eth0`) mean nothing in a certificate and are refused. */
function readIp(text: string): IpAddress | undefined {
  if (text.length > 45 || text.includes('%')) return undefined;
  const family = isIP(text);
  if (family === 4) return { family, bits: ipv4Bits(text) };
  return family === 6 ? { family, bits: ipv6Bits(text) } : undefined;
}

const isMapped = ({ family, bits }: IpAddress) => family === 6 && bits >> 32n === mappedPrefix;

/** An IPv4 (dotted, no leading zeros) or IPv6 address, or undefined when the text is none. */
export function parseIp(text: string): IpAddress | undefined {
  const ip = readIp(text);
  return ip && isMapped(ip) ? { family: 4, bits: ip.bits & 0xffffffffn } : ip;
}

/** An address, or one with a prefix length (RFC 4632, RFC 4291 section 2.3), or undefined when the text is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length, ...more] = text.split('/');
  const ip = readIp(address);
  if (!ip || more.length > 0 || (length !== undefined && !/^(?:0|[1-9][0-9]{0,2})$/.test(length)))
    return undefined;
  const width = ip.family === 4 ? 32 : 128;
  const prefixLength = length === undefined ? width : Number(length);
  if (prefixLength > width) return undefined;
  if (isMapped(ip) && prefixLength >= 96)
    return { family: 4, bits: ip.bits & 0xffffffffn, prefixLength: prefixLength - 96 };
  return { ...ip, prefixLength };
}

const hostWidth = ({ family, prefixLength }: Cidr) => BigInt((family === 4 ? 32 : 128) - prefixLength);

/** Whether the address lies in the range; the two families never meet. */
export function cidrContains(range: Cidr, { family, bits }: IpAddress): boolean {
  const width = hostWidth(range);
  return range.family === family && range.bits >> width === bits >> width;
}

/** Whether bits are set behind the prefix, as in 10.0.0.5/8, which is mostly a slip. */
export function hasHostBits(range: Cidr): boolean {
  const width = hostWidth(range);
  return (range.bits >> width) << width !== range.bits;
}

/** The one way to write an address: dotted IPv4, or IPv6 by RFC 5952. */
export function formatIp({ family, bits }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
