import { calibrateBy } from '../calibration.ts'
import { probes } from './probes.ts'

/** Proves the facets of the virtual phone behind the real drivers. */
export const calibrate = calibrateBy({ fidelity: 'F1', probes })
