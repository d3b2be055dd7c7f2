/** The check of looks itself: what it is trusted to find is found. It needs no stack, only the browser. */
import { expect, test } from '@playwright/test'
import { expectAccessible, expectDialogAccessible, expectGoodLooks } from './support/looks.ts'

const page = (body: string) => `<!doctype html><html lang="en"><title>Looks</title><main><h1>Looks</h1>${body}</main></html>`

test('a page without faults passes', async ({ page: tab }) => {
  await tab.setContent(page('<button>Save</button>'))
  await expectGoodLooks(tab)
})

test('what cannot be named, read or fitted on a phone is found', async ({ page: tab }) => {
  await tab.setContent(page('<button></button>'))
  await expect(expectAccessible(tab)).rejects.toThrow('button-name')
  await tab.setContent(page('<p style="color: #bbb; background: #fff">Faint</p>'))
  await expect(expectAccessible(tab, { rules: ['color-contrast'] })).rejects.toThrow('color-contrast')
  await tab.setContent(page('<div style="width: 800px">Wide</div>'))
  await expect(expectGoodLooks(tab)).rejects.toThrow('scrolls sideways')
})

test('a dialog is judged apart from the page behind it', async ({ page: tab }) => {
  await tab.setContent(page('<button></button><div role="dialog" aria-label="Question" data-state="open"><button>Yes</button></div>'))
  await expectDialogAccessible(tab)
  await tab.setContent(page('<div role="dialog" aria-label="Question" data-state="open"><button></button></div>'))
  await expect(expectDialogAccessible(tab)).rejects.toThrow('button-name')
})
