import type { Page } from '@playwright/test'

/** Goes to a part of the campaign's page; other links have the same words. */
export function openPart(page: Page, name: 'Overview' | 'Contacts' | 'Calls' | 'Settings' | 'Activity'): Promise<void> {
  return page.getByRole('navigation', { name: 'Parts of the campaign' }).getByRole('link', { name }).click()
}
