/**
 * How connections that live as long as an instance come back after the database was away. Left to itself the driver waits ever
 * longer, up to twenty seconds, and a busy pool counts the failures of all its connections together: it is there at once. It also
 * asks for the types of arrays on its own account, and when the server goes away meanwhile nobody catches that, which would end the
 * whole stack: lists are therefore sent as text.
 */
export const RECONNECT = { onnotice: () => undefined, backoff: () => 0.1, fetch_types: false }
