import { describe, expect, it } from 'vitest'
import { sessionAddress } from './connection.ts'
import { decodeMessage, encodeMessage, messageSize } from './message.ts'
import { type DBusValue, marshal, typesOf, unmarshal, WireError } from './wire.ts'

describe('the wire format', () => {
  it('splits signatures into complete types', () => {
    expect(typesOf('a{sv}(oayays)baau')).toEqual(['a{sv}', '(oayays)', 'b', 'aau'])
    expect(() => typesOf('(s')).toThrow(WireError)
  })
  it('is the one of the specification', () => {
    expect(marshal('ys', [1, 'foo']).toString('hex')).toBe('010000000300000066' + '6f6f00')
    expect(marshal('at', [[5n]]).toString('hex')).toBe('08000000000000000500000000000000')
    expect(marshal('v', [{ signature: 'b', value: true }]).toString('hex')).toBe('0162000001000000')
  })
  it('reads what it wrote', () => {
    const signature = 'a{sv}(oayays)buasat'
    const values: DBusValue[] = [
      [
        ['one', { signature: 'a{ss}', value: [['k', 'wert ä']] }],
        ['two', { signature: 'u', value: 7 }],
      ],
      ['/a/b', new Uint8Array(), new Uint8Array([0, 10, 255]), 'text/plain'],
      true,
      4294967295,
      ['', 'x'],
      [],
    ]
    expect(unmarshal(signature, marshal(signature, values)).values).toEqual(values)
  })
  it('refuses bytes that end too early', () => {
    expect(() => unmarshal('s', marshal('s', ['long enough']).subarray(0, 8))).toThrow(WireError)
  })
  it('frames messages', () => {
    const message = { type: 'call', serial: 3, path: '/p', member: 'M', signature: 's', body: ['hello'] } as const
    const bytes = encodeMessage(message)
    expect(messageSize(bytes.subarray(0, 15))).toBe(null)
    expect(messageSize(Buffer.concat([bytes, bytes]))).toBe(bytes.length)
    expect(decodeMessage(bytes)).toMatchObject(message)
  })
})

describe('the address of the session bus', () => {
  it.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus,guid=1' }, '/run/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=a;unix:abstract=/tmp/x%20y' }, '\0/tmp/x y'],
    [{ XDG_RUNTIME_DIR: '/run/user/1' }, '/run/user/1/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=a' }, null],
    [{}, null],
  ])('of %j', (environment, expected) => {
    expect(sessionAddress(environment)).toBe(expected)
  })
})
