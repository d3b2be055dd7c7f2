import { expect, it } from 'vitest'
import { refusedColumns } from '../../../../../business/models/contactFile.ts'
import { mapColumns } from '../../../../../business/services/contacts/mapColumns.ts'

const uses = (columns: string[], cells: string[] = []) => mapColumns({ columns, rows: [{ row: 2, cells }] })

it('knows the usual names whatever their case, spaces and dashes', () => {
  expect(uses(['Full Name', 'Mobile-Number', 'E-Mail', 'Organisation', 'Time_Zone'])).toEqual(['name', 'phone', 'email', 'company', 'time_zone'])
  expect(uses(['First name', 'LAST NAME', 'Tel.', 'tz'])).toEqual(['first_name', 'last_name', 'phone', 'time_zone'])
})

it('keeps further columns as attributes, also a second phone', () => {
  expect(uses(['Phone', 'Mobile', 'City'])).toEqual(['phone', 'attribute', 'attribute'])
})

it('finds the phone column by its content when no name tells', () => {
  expect(uses(['Who', 'Reach them at'], ['Ada', '+1 202 555 0101'])).toEqual(['attribute', 'phone'])
})

it('takes no column of dates or amounts for phones', () => {
  expect(uses(['Born', 'Amount'], ['2001-02-03', '120'])).toEqual(['attribute', 'attribute'])
})

it('leaves out what a download of refused rows added', () => {
  expect(uses(['Phone', 'City', ...refusedColumns])).toEqual(['phone', 'attribute', 'ignore', 'ignore'])
})

it('takes a column of states for the calling region only when it holds some', () => {
  expect(uses(['Phone', 'State'], ['+1 202 555 0101', 'FL'])).toEqual(['phone', 'region'])
  expect(uses(['Phone', 'State'], ['+1 202 555 0101', 'shipped'])).toEqual(['phone', 'attribute'])
  expect(uses(['Phone', 'State'], ['+1 202 555 0101', ''])).toEqual(['phone', 'attribute'])
})

it('takes "Number" for a phone only where it holds some, and looks further', () => {
  expect(uses(['Number', 'Contact number'], ['A-17', '+1 202 555 0101'])).toEqual(['attribute', 'phone'])
})

it('finds e-mail addresses and time zones by their values', () => {
  expect(uses(['Phone', 'Reach', 'Where'], ['+1 202 555 0101', 'a@b.co', 'Europe/Berlin'])).toEqual(['phone', 'email', 'time_zone'])
})

it('takes no day for a phone, however it is written', () => {
  expect(uses(['Born', 'Since'], ['21.11.1990', '3/4/2026'])).toEqual(['attribute', 'attribute'])
})

it('knows columns of consent', () => {
  expect(uses(['Phone', 'Opt-in', 'Opt-in date', 'Language'], ['+1 202 555 0101', 'yes', '2026-01-02', 'en']))
    .toEqual(['phone', 'consent_basis', 'consent_given_at', 'locale'])
})
