/** What a control page shows of the faults of its simulator. */
import type { FaultBox } from './faultBox.ts'

export interface ControlFault { name: string, description: string, left: number, happened: number }
export interface ControlFaultGroup { title: string, faults: ControlFault[] }

interface Described { name: string, description: string }

export function faultGroups<Moment>(groups: { title: string, faults: Described[] }[], box: Pick<FaultBox<unknown, Moment>, 'pending' | 'happened'>): ControlFaultGroup[] {
  const [pending, happened] = [box.pending(), box.happened()]
  return groups.map(({ title, faults }) => ({
    title, faults: faults.map(({ name, description }) => ({ name, description, left: pending[name] ?? 0, happened: happened[name] ?? 0 })),
  }))
}
