import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What is not on the public internet, by the registries of special addresses (RFC 6890 and its updates). */
const special = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) special.addSubnet(net, bits, "ipv4");

/** All global unicast addresses of IPv6; whatever is mapped, local, shared or multicast lies outside. */
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");
/** Within it: Teredo and other protocols, documentation, and 6to4, which hides an IPv4 address. */
for (const [net, bits] of [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const) special.addSubnet(net, bits, "ipv6");

/** Whether an address is on the public internet, where webhooks may go. Anything that is not plainly one is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  return isIPv6(address) && !address.includes("%") && !address.includes(".") && global6.check(address, "ipv6") && !special.check(address, "ipv6");
}
