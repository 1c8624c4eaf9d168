/** How many are left, as a sentence. */
export function RecoveryCodesLeft({ count }: { readonly count: number }) {
  return `${count} of your recovery codes ${count === 1 ? "is" : "are"} left.`;
}
