/**
 * How connections that live as long as an instance come back after the database was away. Left to itself the driver waits ever
 * longer, up to twenty seconds, and a busy pool counts the failures of all its connections together: it is there at once.
 */
export const RECONNECT = { onnotice: () => undefined, backoff: () => 0.1 }
