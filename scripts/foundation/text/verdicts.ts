/** How a verdict is shown: a mark and a word, so that no reader depends on colour. */
export const VERDICTS = {
  pass: { mark: '✓', word: 'Pass' },
  fail: { mark: '✕', word: 'Fail' },
  'no-evidence': { mark: '?', word: 'No evidence' },
} as const;
