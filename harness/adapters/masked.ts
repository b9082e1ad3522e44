/** What an adapter wrote, fit to be shown: long runs of letters and digits could be a secret and are hidden. */
export const masked = (text: string, most = 300): string =>
  text.replace(longRun, (run) => (errorName.test(run) ? run : '***')).slice(0, most)

const longRun = /[A-Za-z0-9+/=_-]{12,}/g
/** Says most of what went wrong, and no secret of ours ends like this. */
const errorName = /^[A-Z][A-Za-z]*(Error|Exception)$/
