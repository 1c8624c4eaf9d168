import { expect, it } from "vitest";
import { isVatId, normaliseVatId } from "@/lib/vat-id";

it.each([
  ["de 123 456 789", "DE123456789"],
  ["ATU12345678", "ATU12345678"],
  ["FR-XX.999999999", "FRXX999999999"],
  ["GR123456789", "EL123456789"],
  ["nl123456789b01", "NL123456789B01"],
  ["CHE-123.456.789 MWST", "CHE123456789MWST"],
])("takes %s as %s", (typed, stored) => {
  expect(normaliseVatId(typed)).toBe(stored);
  expect(isVatId(stored)).toBe(true);
});

it.each(["", "DE12345678", "DE1234567890", "XX123456789", "123456789", "__proto__", "DE123456789\n"])(
  "refuses %j",
  (id) => {
    expect(isVatId(id)).toBe(false);
  },
);
