/**
 * What the README shows of a run: of the terminal's report the table, and what each target and the whole run came to.
 * @param report as `npm start` prints it, 80 columns wide
 */
export function pictureOf(report: string): string {
  const lines = report.trimEnd().split('\n')
  const table = lines.slice(
    lines.findIndex((line) => line !== ''),
    lines.findIndex((line) => line.startsWith('How often')),
  )
  const results = lines.slice(lines.findIndex((line) => / at F\d$/.test(line)))
  return [...table, '…', '', ...results].join('\n')
}
