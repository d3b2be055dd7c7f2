/** Every column gets a name of its own that can stand in a placeholder, whatever the file says. */
export function columnNames(width: number, header: string[]): string[] {
  const counts = new Map<string, number>()
  return Array.from({ length: width }, (_, index) => {
    const name = (header[index] ?? '').replace(/[{}|"]/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 60) || `Column ${index + 1}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count > 1 ? `${name} (${count})` : name
  })
}
