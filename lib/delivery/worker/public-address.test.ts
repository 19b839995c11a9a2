import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address";

test.each([
  "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.1.1",
  "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
  "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1",
  "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::127.0.0.1", "64:ff9b:1::1", "100::1",
  "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2001:10::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1",
  "", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3", "[::1]", "8.8.8.8 ", "2606:4700::1111%1",
])("%s is no place for a webhook", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["8.8.8.8", "1.1.1.1", "93.184.215.14", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.1.1", "223.255.255.255", "192.0.1.1", "2606:4700:4700::1111", "2a00:1450:4001:800::200e", "2001:4860:4860::8888", "2400:cb00::1"])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test("no address within a private net is public, and none that hides an IPv4 address", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, (a, b, c) => {
      for (const address of [`10.${a}.${b}.${c}`, `127.${a}.${b}.${c}`, `192.168.${a}.${b}`, `172.${16 + (a % 16)}.${b}.${c}`, `169.254.${a}.${b}`, `100.${64 + (a % 64)}.${b}.${c}`, `${224 + (a % 32)}.${b}.${c}.1`]) {
        expect(isPublicAddress(address)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
        const [w = 0, x = 0, y = 0, z = 0] = address.split(".").map(Number);
        const hex = `${(w * 256 + x).toString(16)}:${(y * 256 + z).toString(16)}`;
        for (const hidden of [`::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::1`, `::${hex}`]) expect(isPublicAddress(hidden)).toBe(false);
      }
      for (const local of [`fc${a.toString(16).padStart(2, "0")}::${b.toString(16)}`, `fe${(0x80 + (a % 0x40)).toString(16)}::${b.toString(16)}`, `ff${a.toString(16).padStart(2, "0")}::1`]) expect(isPublicAddress(local)).toBe(false);
    }),
  );
});
