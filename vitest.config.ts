import { defineConfig } from 'vitest/config'

// Limits are against hanging alone: on a busy machine a test may take many times what it takes on an idle one.
export default defineConfig({
  test: { maxWorkers: 2, testTimeout: 120_000, hookTimeout: 120_000, exclude: ['**/node_modules/**', 'dist/**'] },
})
