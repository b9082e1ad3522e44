import { fileURLToPath } from 'node:url'
import type { AppiumDriver } from '../appium-server.ts'

/** The driver of the virtual iPhone, which comes along. */
export const ownDriver: AppiumDriver = {
  name: 'holdfast-virtual-ios',
  package: 'appium-holdfast-virtual-ios-driver',
  folder: fileURLToPath(new URL('./', import.meta.url)),
}
