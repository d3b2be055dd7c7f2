import { describe, expect, it } from 'vitest'
import { readWebConfig } from '../../../config/webConfig.ts'

const location = { origin: 'https://app.example.com' } as Location
const read = (given: object) => readWebConfig({ location, __OUTDIAL__: given })

describe('readWebConfig', () => {
  it('takes the origin of the page when no API is named', () => {
    expect(read({ publishableKey: 'k', apiUrl: '' }).apiUrl).toBe('https://app.example.com')
  })

  it('drops a trailing slash, so that paths can be appended', () => {
    expect(read({ publishableKey: 'k', apiUrl: 'https://api.example.com/' }).apiUrl).toBe('https://api.example.com')
  })

  it('counts as hosted unless it says embedded', () => {
    expect(read({ publishableKey: 'k' })).toMatchObject({ embedded: false, mailUrl: null, providers: [], carrierUrl: null, paymentsUrl: null, clockUrl: null, clockOffsetMs: 0, demoUrl: null, errorDsn: null })
  })

  it('says what is missing when /config.js was not served', () => {
    expect(() => readWebConfig({ location })).toThrow('/config.js')
  })
})
