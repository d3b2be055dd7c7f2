interface FileHandle {
  createWritable: () => Promise<WritableStream<Uint8Array>>
}

interface Picker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileHandle>
}

/** A file of the person's own choice to write into; null where the browser has no such question. Throws AbortError when they choose none. */
export async function openSavedFile(name: string): Promise<WritableStream<Uint8Array> | null> {
  const picker = window as Picker
  return picker.showSaveFilePicker ? (await picker.showSaveFilePicker({ suggestedName: name })).createWritable() : null
}
