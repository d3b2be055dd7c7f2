import { expect, it } from 'vitest'
import { readNumberFile } from '../../../../../business/services/contacts/readNumberFile.ts'

const fileOf = (text: string) => new File([text], 'numbers.csv')

it('reads the numbers of a file each once, in any notation, from the column that has them', async () => {
  const text = 'Name,Phone\nAda,(212) 456-7801\nGrace,+1 212 456 7801\nBob,12\nEve,030 901820\nMax,+49 30 901820\n,\n'
  expect(await readNumberFile(fileOf(text), 'US')).toEqual({ phones: ['+12124567801', '+4930901820'], refused: ['12', '030 901820'] })
})

it('reads a list of bare numbers without a header', async () => {
  expect(await readNumberFile(fileOf('+12124567801\n+12124567802\n'), null)).toEqual({ phones: ['+12124567801', '+12124567802'], refused: [] })
})

it('says what is wrong with a file that is none', async () => {
  expect(await readNumberFile(fileOf(''), null)).toEqual({ fault: 'empty' })
})
