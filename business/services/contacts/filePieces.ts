/** Browsers stream files by megabytes; cut at once into rows, twenty thousand of them would wait in the memory. */
const pieceBytes = 64 * 1024

/**
 * The bytes of a file, piece by piece. Each lies where the one before lay: a large file read three times would otherwise leave tens of
 * megabytes for the browser to collect. Whoever keeps a piece copies it.
 */
export async function* filePieces(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = reusingReader(file)
  if (!reader) return yield* streamed(file)
  let memory = new ArrayBuffer(pieceBytes)
  for (let read = await reader.read(new Uint8Array(memory)); !read.done; read = await reader.read(new Uint8Array(memory))) {
    yield read.value
    memory = read.value.buffer
  }
}

/** Null: a browser that knows no such readers. */
function reusingReader(file: Blob): ReadableStreamBYOBReader | null {
  try {
    return file.stream().getReader({ mode: 'byob' })
  } catch {
    // It says so by a TypeError only, and the other way of reading is as good.
    return null
  }
}

async function* streamed(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    for (let from = 0; from < read.value.length; from += pieceBytes) yield read.value.subarray(from, from + pieceBytes)
  }
}
