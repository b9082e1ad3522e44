import { defineConfig } from './harness/cli/config.ts'

/** The vaults that the main job judges. */
export default defineConfig({
  baseline: 'fixtures/baseline.json',
  vaults: {
    reference: [
      { vault: 'module:./reference/module.ts', device: 'model' },
      { vault: 'module:./reference/phone/android-module.ts', device: 'virtual-android' },
      { vault: 'module:./reference/phone/ios-module.ts', device: 'virtual-ios' },
      // The same vaults in an app's page, on the same simulated phones behind Appium.
      { vault: 'webview:./reference/phone/android-module.ts', device: 'appium-virtual-android' },
      { vault: 'webview:./reference/phone/ios-module.ts', device: 'appium-virtual-ios' },
      { vault: 'stdio:node reference/stdio.ts', device: 'linux-container' },
    ],
    'reference-pin': [
      { vault: 'module:./reference/pin-module.ts', device: 'model' },
      // Keys are really derived here, at the least that OWASP asks for. The rest of the vault is judged there above.
      { vault: 'stdio:node reference/stdio.ts --pin --floor', device: 'linux-container', profile: 'pin' },
    ],
    // Native code on real files: not on simulated devices.
    'reference-database': {
      vault: 'stdio:node reference/stdio.ts --database',
      device: 'linux-container',
      profile: 'database',
    },
    'reference-audit': { vault: 'module:./reference/audit-module.ts', device: 'model' },
    // Pages of an app, under capability files. The vault behind them is judged there above.
    'reference-capabilities': {
      vault: 'module:./reference/capabilities-module.ts',
      device: 'model',
      profile: 'capabilities',
    },
    'reference-signing': { vault: 'module:./reference/signing-module.ts', device: 'model' },
    // The approved (FIPS) profile: PBKDF2 in place of Argon2id, ECDSA P-256 in place of Ed25519.
    'reference-fips': { vault: 'module:./reference/fips-module.ts', device: 'model' },
    'reference-signing-fips': { vault: 'module:./reference/signing-fips-module.ts', device: 'model' },
    // What the article's plugin does on both phones, as published: its failures are in the baseline.
    'decentsecret-android': { vault: 'module:./fixtures/plugins/decentsecret/android.ts', device: 'virtual-android' },
    'decentsecret-ios': { vault: 'module:./fixtures/plugins/decentsecret/ios.ts', device: 'virtual-ios' },
    'python-keyring': { vault: 'stdio:python3 fixtures/subjects/python-keyring/adapter.py', device: 'linux-container' },
  },
})
