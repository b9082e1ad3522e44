import { pageOperations } from '../contract/capabilities.ts'
import { programs } from './commands.ts'
import { anyGrants, elsewhere, type Given, grants, names, pageCalls, remotes } from './granting.ts'
import type { Ground, Scenario } from './scenario.ts'

const all: Given = { grants: [['allow-get', ['*']]] }

function stories(ground: Ground) {
  const own = pageCalls(ground, ['put'], null)
  const look = pageCalls(ground, ['get'], null)
  const get = pageCalls(ground, ['get'])
  const writes = pageCalls(ground, ['put', 'delete'])
  const both = {
    grants: [
      ['allow-get', ['*']],
      ['allow-put', ['*']],
    ],
  } as const satisfies Given
  const denyGet: Given = { grants: [['deny-get']] }
  const denyEntry: Given = { grants: [['allow-get', ['main/*'], ['main/a']]] }
  const put = pageCalls(ground, ['put'])
  const getB = pageCalls(ground, ['get'], {}, ['main/b'])
  const scopes = [
    { grants: [['allow-get', ['main/*']]] },
    { windows: ['side'], grants: [['allow-get', ['side/*']]] },
  ] as const satisfies readonly Given[]
  return [
    // CAP-01: nothing granted, nothing of this command, nothing on this platform; and what a refused write leaves.
    [pageCalls(ground, pageOperations), grants(all), get],
    [grants(), pageCalls(ground, pageOperations), grants(all), get],
    [grants(all), own, get, pageCalls(ground, ['put', 'delete', 'has', 'list'])],
    [grants({ ...all, platforms: ['windows'] }), get, pageCalls(ground, ['get'], { platform: 'windows' })],
    [own, grants(all), get, writes, look],
    [own, grants(all), writes, get],
    // CAP-02
    [grants(both, denyGet), put, get],
    [grants(denyGet, both), put, get],
    [grants({ grants: [...both.grants, ['deny-get']] }), put, get],
    [grants({ grants: [['deny-get'], ...both.grants] }), put, get],
    [grants(all, denyEntry), getB, get],
    [grants(denyEntry, all), getB, get],
    [grants(denyEntry), getB, get],
    // CAP-03
    [grants(all), get, pageCalls(ground, ['get'], { url: elsewhere })],
    [
      grants(all),
      pageCalls(ground, ['get'], { platform: 'windows' }),
      pageCalls(ground, ['get'], { url: elsewhere, platform: 'windows' }),
    ],
    ...Object.entries(remotes).map(([pattern, { named, others }]) => [
      grants({ ...all, local: false, urls: [pattern] }),
      pageCalls(ground, ['get'], { url: named }),
      [...pageCalls(ground, ['get'], { url: others }), ...get],
    ]),
    // CAP-04
    [
      grants(all),
      pageCalls(ground, ['get'], { platform: 'windows' }),
      pageCalls(ground, ['get'], { platform: 'windows', frame: true }),
    ],
    // CAP-05
    [grants(all), get, pageCalls(ground, ['get'], { window: ['side'], webview: ['panel', 'side'] })],
    [grants(all), get, pageCalls(ground, ['get'], { window: ['side'], webview: ['main'] })],
    [
      grants({ ...all, windows: [], webviews: ['panel'] }),
      get,
      pageCalls(ground, ['get'], { window: ['side', 'panel'], webview: ['main', 'side'] }),
    ],
    [
      grants({ ...all, windows: [], webviews: ['panel-*'] }),
      pageCalls(ground, ['get'], { webview: ['panel-1'] }),
      pageCalls(ground, ['get'], { webview: ['panel'] }),
    ],
    [grants(all), get, grants({ ...all, windows: [], webviews: ['side'] }), get],
    [grants({ ...all, windows: [], webviews: ['panel'] }), get, grants({ ...all, windows: ['side'] }), get],
    [grants(all), get, grants(), get],
    // CAP-08
    [grants(...scopes), get, pageCalls(ground, ['get'], {}, ['side/a'])],
    [grants(...scopes), get, pageCalls(ground, ['get'], { window: ['side'] }, ['main/a', 'main/b'])],
    [grants({ grants: [['allow-get', ['main/a']]] }), get, pageCalls(ground, ['get'], {}, ['main/ab', 'main/b'])],
  ]
}

/** Pages of an app ask a vault for what capability files grant them, and for what they do not. */
export const capabilities: Scenario = {
  id: 'capabilities',
  about:
    'pages in windows and webviews, from here and elsewhere, ask for what capability files grant them and what not',
  reaches: [
    'granted-call',
    'asked-without-grant',
    'asked-though-denied',
    'asked-from-elsewhere',
    'asked-by-frame',
    'asked-under-other-label',
    'asked-after-removal',
    'asked-for-other-entry',
  ],
  // Many stories.
  share: 6,
  fits: ({ description }) => description.profiles.includes('capabilities'),
  program: (ground) =>
    programs(
      ground,
      [
        ...anyGrants(),
        ...anyGrants(),
        ...pageCalls(ground, pageOperations, 'any', names),
        ...pageCalls(ground, ['put', 'get', 'list'], null, names),
      ],
      stories(ground),
    ),
}
