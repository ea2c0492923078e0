import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrContains, formatIp, hasHostBits, parseCidr, parseIp } from '../../../../src/main/domain/cidr.ts';

function contains(range: string, address: string): boolean {
  const cidr = parseCidr(range);
  const ip = parseIp(address);
  if (!cidr || !ip) throw new Error(`${range} or ${address} cannot be read`);
  return cidrContains(cidr, ip);
}

describe('cidrContains', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '100.0.0.1', false],
    ['192.168.1.0/24', '192.168.10.1', false],
    ['192.168.1.128/25', '192.168.1.127', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.30', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '1.2.3.4', false],
    ['::/0', '::ffff:1.2.3.4', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:a01:203', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['::ffff:0:0/96', '10.9.9.9', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:DB8::/33', '2001:db8:8000::', false],
    ['fe80::/10', 'febf::1', true],
    ['::1/128', '::1', true],
    ['::1/128', '0:0:0:0:0:0:0:1', true],
    ['::10.0.0.0/104', '10.0.0.1', false],
  ])('%s holds %s: %s', (range, address, expected) => {
    expect(contains(range, address)).toBe(expected);
  });

  it('agrees with the block list of the runtime', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (base, prefix, address) => {
        const list = new BlockList();
        list.addSubnet(base, prefix);
        return contains(`${base}/${prefix}`, address) === list.check(address);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), fc.ipV6(), (base, prefix, address) => {
        const [cidr, ip] = [parseCidr(`${base}/${prefix}`), parseIp(address)];
        fc.pre(cidr?.family === 6 && ip?.family === 6);
        const list = new BlockList();
        list.addSubnet(base, prefix, 'ipv6');
        return contains(`${base}/${prefix}`, address) === list.check(address, 'ipv6');
      }),
    );
  });
});

describe('parseCidr', () => {
  it.each([
    '',
    '/',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/+8',
    '10.0.0.0/8 ',
    '10.0.0/8',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '10.0.0.256',
    '::/129',
    ':::',
    '::1%lo',
    'fe80::1%eth0/64',
    '1::2::3',
    '10.0.0.0\\8',
    '10.0.0.0/255.0.0.0',
    '::ffff:10.0.0.0.0',
    '１0.0.0.1',
    '10.0.0.0\0/8',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('knows whether bits are set behind the prefix', () => {
    const read = (text: string) => parseCidr(text) ?? expect.unreachable();
    expect(hasHostBits(read('10.0.0.5/8'))).toBe(true);
    expect(hasHostBits(read('10.0.0.0/8'))).toBe(false);
    expect(hasHostBits(read('10.0.0.5'))).toBe(false);
    expect(hasHostBits(read('2001:db8::1/64'))).toBe(true);
  });
});

describe('formatIp', () => {
  it('writes every address so that it reads back as the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const ip = parseIp(text) ?? expect.unreachable();
        expect(parseIp(formatIp(ip))).toEqual(ip);
      }),
    );
  });
});
