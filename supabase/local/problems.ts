/** Errors of the machine in one sentence that says what to do; all others in their own words. */
import { messageOf } from './processes.ts'

const ADVICE: [RegExp, string][] = [
  [/ENOSPC|No space left on device|53100|disk full/i, 'the disk with the data folder is full: free some space, or set OUTDIAL_DATA_DIR to a folder on another disk.'],
  [/EDQUOT|Disk quota exceeded/i, 'your quota on the disk with the data folder is used up: free some space, or set OUTDIAL_DATA_DIR to another folder.'],
  [/EROFS|Read-only file system/i, 'the disk with the data folder is read-only: set OUTDIAL_DATA_DIR to a folder that can be written.'],
  [/EMFILE|ENFILE|Too many open files/i, 'too few files may be open at once: raise the limit with "ulimit -n 4096" and start again.'],
]

export function describeProblem(error: unknown): string {
  const text = `${codeOf(error)} ${messageOf(error)}`
  return ADVICE.find(([sign]) => sign.test(text))?.[1] ?? messageOf(error)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
