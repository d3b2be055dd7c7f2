/** A recording with the voices apart: two waveforms, and one voice alone in both ears, which the person's machine remembers. */
import type { Page } from '@playwright/test'
import { startedCampaign } from '../factories/campaign.ts'
import { giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** Beyond what a quiet line hums. */
const AUDIBLE = 0.01

test('a listener sees who speaks when, hears one voice alone, and finds the choice again', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124568907' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.addInitScript(listenAtTheEars)
  await page.goto(`${stack.app_url}/calls`)
  await page.getByRole('row', { name: /Ida Interested/ }).getByRole('link').click()
  const voices = page.getByRole('combobox', { name: 'Voices' })
  await expect(voices).toHaveText('Both voices')

  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const lanes = page.locator('[data-part="waveform"] [data-voice]')
  await expect(lanes).toHaveText(['Assistant', 'Contact'])

  await voices.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Assistant' }).press('Enter')
  await expect(voices).toHaveText('Assistant')
  await fromTheStart(page)
  const assistant = await earsWhile(page, 2)
  expect(assistant.left, 'the assistant greets first').toBeGreaterThan(AUDIBLE)
  expect(assistant.right, 'in both ears').toBeCloseTo(assistant.left, 5)

  await choose(page, 'Contact')
  await fromTheStart(page)
  const contact = await earsWhile(page, 2)
  expect(Math.max(contact.left, contact.right), 'the contact listens to the greeting').toBeLessThan(AUDIBLE)
  await expectGoodLooks(page)

  await page.reload()
  await expect(voices, 'kept for the next visit').toHaveText('Contact')
  await choose(page, 'Both voices')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.5)
})

async function choose(page: Page, voice: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Voices' }).click()
  await page.getByRole('option', { name: voice }).click()
}

/** The element's own buttons stay as they are: what is asked is what arrives at the ears. */
async function fromTheStart(page: Page): Promise<void> {
  await page.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
    audio.currentTime = 0
    await audio.play()
  })
}

/** The loudest that was heard in each ear until so many seconds of the recording have gone by. */
async function earsWhile(page: Page, seconds: number): Promise<{ left: number, right: number }> {
  return page.locator('audio').evaluate(async (audio: HTMLAudioElement, until) => {
    const ears = (window as unknown as { ears: AnalyserNode[] }).ears
    const samples = new Float32Array(2048)
    const loudest = [0, 0]
    while (audio.currentTime < until) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      // What was on its way when the recording jumped is another moment's.
      if (audio.currentTime < 0.3) continue
      ears.forEach((ear, index) => {
        ear.getFloatTimeDomainData(samples)
        loudest[index] = Math.max(loudest[index]!, ...samples.map(Math.abs))
      })
    }
    return { left: loudest[0]!, right: loudest[1]! }
  }, seconds)
}

/** Whatever a page sends to the loudspeakers passes two meters, one for each ear. */
function listenAtTheEars(): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode, ...ends: number[]) => AudioNode
  AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode, ...ends: number[]) {
    if (target instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      const splitter = this.context.createChannelSplitter(2)
      const ears = [this.context.createAnalyser(), this.context.createAnalyser()]
      connect.call(this, splitter)
      ears.forEach((ear, index) => connect.call(splitter, ear, index))
      Object.assign(window, { ears })
    }
    return connect.call(this, target, ...ends)
  } as never
}
