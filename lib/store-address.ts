/** STORE_ADDRESS as lines; in the one variable they are parted by line breaks, semicolons or `\\n`. */
export function storeAddressLines(text: string | undefined): string[] {
  return (text ?? "")
    .split(/\\n|\n|;/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
