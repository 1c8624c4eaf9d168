import fc from "fast-check";
import { expect, it } from "vitest";
import { clientAddress } from "@/lib/identity/client-address";

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["6.6.6.6, 203.0.113.7", "203.0.113.7"],
  ["6.6.6.6,not an address, 203.0.113.7 ", "203.0.113.7"],
  ["203.0.113.7:51234", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["2001:db8::1:0:0:1", "2001:db8:0:0::/64"],
  [null, "unknown"],
  ["", "unknown"],
  ["6.6.6.6, unknown", "unknown"],
  ["6.6.6.6,", "unknown"],
  ["1.2.3.4.5", "unknown"],
])("%j counts for %j", (header, address) => {
  expect(clientAddress(header)).toBe(address);
});

it("does not believe what stands before the last entry", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.ipV4(), (claimed, real) => {
      expect(clientAddress(`${claimed},${real}`)).toBe(real);
    }),
  );
});

it("puts two addresses of one IPv6 network together, however they are written", () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.nat(0xffff), (address, group) => {
      const counted = clientAddress(address);
      expect(counted).toMatch(/^[0-9a-f:.]+(::\/64)?$/);
      if (counted.endsWith("/64"))
        expect(clientAddress(`${counted.slice(0, -"::/64".length)}::${group.toString(16)}`)).toBe(counted);
    }),
  );
});
