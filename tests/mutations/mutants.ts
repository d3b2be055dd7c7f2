/** A cluster of its own, and in it one copy of the template after the other, each with one guard less. */
import postgres, { type Sql } from 'postgres'
import { beginInTheMorning, startCluster, TEMPLATE, type ClusterAddress } from '../support/cluster.ts'
import { applyMutation, type Mutation } from './mutation.ts'

const MUTANT = 'outdial_mutant'

export interface Mutants {
  /** Reads from the database as the migrations left it. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  withMutant<T>(mutation: Mutation, work: (cluster: ClusterAddress) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export async function startMutants(): Promise<Mutants> {
  const { server, stop } = await startCluster({ isDurable: false })
  await beginInTheMorning(server.url(TEMPLATE, 'postgres'))
  const connected = async <T>(database: string, work: (sql: Sql) => Promise<T>) => {
    const sql = postgres(server.url(database), { max: 1, onnotice: () => undefined })
    return work(sql).finally(() => sql.end())
  }
  // A function gets its text back; what else was changed asks for a new copy.
  let isSpent = true
  return {
    stop,
    read: (work) => connected(TEMPLATE, work),
    async withMutant(mutation, work) {
      if (isSpent) await connected('postgres', renewMutant)
      isSpent = true
      const undo = await connected(MUTANT, (sql) => applyMutation(sql, mutation))
      const answer = await work({ port: server.port, password: server.password, template: MUTANT })
      if (undo === null) return answer
      await connected(MUTANT, (sql) => sql.unsafe(undo))
      isSpent = false
      return answer
    },
  }
}

async function renewMutant(sql: Sql): Promise<void> {
  await sql.unsafe(`drop database if exists ${MUTANT} with (force)`)
  await sql.unsafe(`create database ${MUTANT} template ${TEMPLATE} owner postgres`)
}
