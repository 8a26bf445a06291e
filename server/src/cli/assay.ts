import { generate } from './generate.ts'
import { verify } from './verify.ts'

/** Commands by name: each takes its arguments and gives what is to be said. */
const commands: Record<string, (args: string[]) => Promise<string>> = { generate, verify }

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined

try {
  if (!command) throw new Error(`Usage: assay COMMAND\n\nCommands: ${Object.keys(commands).join(', ')}. Each says its options with --help.`)
  console.log(await command(args))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode ??= 1
}
