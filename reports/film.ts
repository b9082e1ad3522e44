import type { StreamRecord } from '../harness/contract/stream.ts'
import { element, xml } from './xml.ts'

type Film = Extract<StreamRecord, { readonly type: 'film' }>

const picture = { width: 206, height: 445 } as const
const gap = 14
const captionHeight = 44
const lineLength = 30

/** Width and height of a PNG, from its header. */
const sizeOf = (png: string): { readonly width: number; readonly height: number } => {
  const header = Buffer.from(png.slice(0, 64), 'base64')
  return header.length < 24 ? picture : { width: header.readUInt32BE(16), height: header.readUInt32BE(20) }
}

/** A caption in lines that fit under a picture. */
const lines = (caption: string): readonly string[] => {
  const made = ['']
  for (const word of caption.split(/\s+/)) {
    const line = made.at(-1) ?? ''
    if (line !== '' && line.length + word.length >= lineLength) made.push(word)
    else made[made.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return made.slice(0, 2)
}

/** What a phone showed as a strip of pictures side by side: SVG that holds its pictures. */
export const filmStrip = ({ target, what, frames }: Film): string => {
  const step = picture.width + gap
  const width = frames.length * step + gap
  const height = picture.height + captionHeight + 46
  return xml(
    element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
      element('rect', { width, height, fill: '#f4f5f8' }),
      element(
        'text',
        { x: gap, y: 24, 'font-family': 'sans-serif', 'font-size': 15, fill: '#222' },
        `${target}: ${what}`,
      ),
      ...frames.flatMap(({ caption, png }, index) => {
        const { width: wide, height: high } = sizeOf(png)
        const shownHigh = Math.min(picture.height, (picture.width * high) / wide)
        const x = gap + index * step
        return [
          element('rect', { x: x - 1, y: 37, width: picture.width + 2, height: shownHigh + 2, fill: '#9aa0ab' }),
          element('image', {
            x,
            y: 38,
            width: picture.width,
            height: Math.round(shownHigh),
            href: `data:image/png;base64,${png}`,
          }),
          ...lines(`${index + 1}. ${caption}`).map((line, number) =>
            element(
              'text',
              {
                x,
                y: 38 + picture.height + 18 + number * 16,
                'font-family': 'sans-serif',
                'font-size': 12,
                fill: '#222',
              },
              line,
            ),
          ),
        ]
      }),
    ),
  )
}

/** Strips of all films of a run, by the name of the file that each goes to. */
export const filmStrips = (records: readonly StreamRecord[]): ReadonlyMap<string, string> =>
  new Map(
    records.flatMap((record) =>
      record.type === 'film' && record.frames.length > 0
        ? [[`film-${record.target.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.svg`, filmStrip(record)] as const]
        : [],
    ),
  )
