/**
 * Text from a vault, an adapter or a device as a report may show it: without the characters that move a terminal's
 * cursor, reverse the direction of text, or are not allowed in XML. Each becomes a visible U+FFFD.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[^\P{C}\n\t]|[\u2028\u2029\ufffe\uffff]/gu, '\ufffd')
}

/** The same, on one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}
