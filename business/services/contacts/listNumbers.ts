import type { DoNotCallImport } from '../../models/doNotCall.ts'
import type { DoNotCallRepository } from '../../repositories/doNotCallRepository.ts'

/** What the database takes in one request. */
const chunkSize = 1000

export type ListedNumbers = Pick<DoNotCallImport, 'added_count' | 'already_count' | 'enrolments_count'> & { refused: string[] }

/**
 * Puts many numbers on the do-not-call list, a thousand at a time, and reports after each. When it throws, what was sent
 * stays listed, and the whole list can be sent again: numbers that are listed already are counted as such.
 */
export async function listNumbers(
  { doNotCall }: { doNotCall: Pick<DoNotCallRepository, 'import'> },
  job: { account_id: string, phones: string[], reason: string },
  report: (sentCount: number) => void,
): Promise<ListedNumbers> {
  const sum: ListedNumbers = { added_count: 0, already_count: 0, enrolments_count: 0, refused: [] }
  for (let from = 0; from < job.phones.length; from += chunkSize) {
    const phones = job.phones.slice(from, from + chunkSize)
    const answer = await doNotCall.import(job.account_id, phones, job.reason)
    sum.added_count += answer.added_count
    sum.already_count += answer.already_count
    sum.enrolments_count += answer.enrolments_count
    sum.refused.push(...answer.refused.flatMap(({ row }) => phones[row - 1] ?? []))
    report(from + phones.length)
  }
  return sum
}
