import type { ChainVerdict } from '../../models/activity.ts'
import type { ActivityRepository } from '../../repositories/activityRepository.ts'

/** Links that the database looks at within a second, full ones too. */
const linksAtOnce = 200

/** Looks at the whole chain of an account, part by part; ends at the first link that is not as it was written. */
export async function verifyChain(
  { activity }: { activity: Pick<ActivityRepository, 'verify'> }, account_id: string, onLines: (count: number) => void,
): Promise<ChainVerdict> {
  let [links, lines] = [0, 0]
  for (let from: number | null = 1; ;) {
    const { next, ...part } = await activity.verify(account_id, from, linksAtOnce)
    links += part.link_count
    lines += part.line_count
    onLines(lines)
    if (next === null) return { ...part, link_count: links, line_count: lines }
    from = next
  }
}
