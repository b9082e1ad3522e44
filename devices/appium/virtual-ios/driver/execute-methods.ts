/** Commands by `execute`, named as XCUITest names them, with what each must and may be given. */
export const executeMethods = {
  'mobile: enrollBiometric': { command: 'mobileEnrollBiometric', params: { optional: ['isEnabled'] } },
  'mobile: sendBiometricMatch': { command: 'mobileSendBiometricMatch', params: { optional: ['type', 'match'] } },
  'mobile: isBiometricEnrolled': { command: 'mobileIsBiometricEnrolled' },
  'mobile: alert': { command: 'mobileHandleAlert', params: { required: ['action'], optional: ['buttonLabel'] } },
  'mobile: getContexts': { command: 'mobileGetContexts', params: { optional: ['waitForWebviewMs'] } },
  'mobile: activateApp': { command: 'mobileActivateApp', params: { required: ['bundleId'] } },
  'mobile: launchApp': {
    command: 'mobileLaunchApp',
    params: { required: ['bundleId'], optional: ['arguments', 'environment'] },
  },
  'mobile: terminateApp': { command: 'mobileTerminateApp', params: { required: ['bundleId'] } },
  'mobile: killApp': { command: 'mobileTerminateApp', params: { required: ['bundleId'] } },
  'mobile: queryAppState': { command: 'mobileQueryAppState', params: { required: ['bundleId'] } },
  'mobile: backgroundApp': { command: 'mobileBackgroundApp', params: { optional: ['seconds'] } },
  'mobile: pressButton': {
    command: 'mobilePressButton',
    params: { required: ['name'], optional: ['durationSeconds'] },
  },
  'mobile: installApp': {
    command: 'mobileInstallApp',
    params: { required: ['app'], optional: ['strategy', 'timeoutMs'] },
  },
  'mobile: removeApp': { command: 'mobileRemoveApp', params: { required: ['bundleId'] } },
  'mobile: isAppInstalled': { command: 'mobileIsAppInstalled', params: { required: ['bundleId'] } },
  'mobile: clearKeychains': { command: 'mobileClearKeychains' },
  'mobile: lock': { command: 'mobileLock', params: { optional: ['seconds'] } },
  'mobile: unlock': { command: 'mobileUnlock' },
  'mobile: isLocked': { command: 'mobileIsLocked' },
  'mobile: configureLocalization': {
    command: 'mobileConfigureLocalization',
    params: { optional: ['keyboard', 'language', 'locale'] },
  },
  'mobile: deviceInfo': { command: 'mobileGetDeviceInfo' },
} as const
