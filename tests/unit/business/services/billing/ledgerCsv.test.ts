import { expect, it } from 'vitest'
import type { LedgerEntry } from '../../../../../business/models/ledger.ts'
import { ledgerCsv } from '../../../../../business/services/billing/ledgerCsv.ts'

const entry: LedgerEntry = {
  id: 'e1', account_version: 7, kind: 'consume', delta_seconds: -120, balance_after: 1080, price_micros: 864_000, call_id: 'c1', order_id: null,
  campaign_name: '=HYPERLINK("http://evil")', note: null, created_at: '2026-11-03T01:30:00Z',
}

it('writes movements as numbers that a spreadsheet adds up, and the time of the account beside the world\'s', () => {
  const [head, line] = ledgerCsv([entry], 'America/New_York').replace('\uFEFF', '').split('\r\n')
  expect(head).toBe('number,time,time_utc,kind,change_seconds,balance_seconds,price,campaign,note,call_id,order_id')
  expect(line).toContain('7,2026-11-02 20:30,2026-11-03T01:30:00.000Z,consume,-120,1080,0.864000,')
})

it('lets no spreadsheet run what a stranger named a campaign', () => {
  expect(ledgerCsv([entry], 'UTC')).toContain('"\'=HYPERLINK(""http://evil"")"')
})
