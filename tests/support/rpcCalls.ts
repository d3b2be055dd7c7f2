/** Which database functions the repositories call, and with which arguments: read from their syntax, because their types leave it open. */
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

export interface RpcCall { name: string, args: string[] }

export function rpcCallsIn(pattern: string): RpcCall[] {
  return globSync(pattern).flatMap((file) => callsOf(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)))
}

function callsOf(source: ts.SourceFile): RpcCall[] {
  const calls: RpcCall[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'callRpc') {
      const [, name, args] = node.arguments
      // A helper that is given the name is not a call; what it is called with is checked by the test of the names.
      if (name && ts.isStringLiteral(name)) calls.push({ name: name.text, args: args && ts.isObjectLiteralExpression(args) ? keysOf(args) : [] })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return calls
}

function keysOf(args: ts.ObjectLiteralExpression): string[] {
  return args.properties.map((property) => {
    if (property.name && ts.isIdentifier(property.name)) return property.name.text
    throw new Error(`The arguments of an RPC are written out by name, not as ${property.getText()}.`)
  })
}
