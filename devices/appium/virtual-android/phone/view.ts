/** Where something is on the screen, in pixels. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** One thing on the screen, as the page source tells of it. */
export interface View {
  readonly class: 'TextView' | 'Button' | 'EditText' | 'ImageView' | 'WebView'
  /** With its package: `com.android.systemui:id/title`. Empty where it has none. */
  readonly id: string
  readonly text: string
  /** `content-desc`: what a screen reader says. */
  readonly description: string
  readonly bounds: Bounds
  /** What a tap does; absent where a tap does nothing. */
  readonly tap?: () => void
  /** An entry whose text is not shown. */
  readonly password?: boolean
}

/** What is on the screen. */
export interface Screen {
  /** The window that has the focus, as `dumpsys window` names it. */
  readonly window: string
  readonly package: string
  readonly views: readonly View[]
}

/** The screen of the phone in pixels, upright; and its density, where 160 is one. */
export const display = { width: 1080, height: 2400, density: 420, statusBar: 63 } as const

const margin = 80
const rowHeight = 160

type Row = Omit<View, 'bounds' | 'id' | 'description'> & { readonly id?: string; readonly description?: string }

/** Lays rows out from above, one under the other. `top`: where the first is, in pixels. */
export const laidOut = (rows: readonly Row[], top = 300): readonly View[] =>
  rows.map((row, index) => ({
    id: '',
    description: '',
    ...row,
    bounds: {
      left: margin,
      top: top + index * rowHeight,
      right: display.width - margin,
      bottom: top + index * rowHeight + rowHeight - 20,
    },
  }))
