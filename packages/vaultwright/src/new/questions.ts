import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { CommandError } from "../command-error.ts";
import { type Identity, identityOf, type PluginKind, pluginKinds } from "./identity.ts";

/** What is known of a new plugin before somebody is asked. */
export interface Wishes {
  readonly name?: string | undefined;
  readonly kind?: PluginKind | undefined;
}

/** Where a person can be asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Completes what is known of a new plugin: a person at a terminal is asked, anybody else gets an example of what to say. */
export async function completeWishes(
  { name, kind }: Wishes,
  person: Terminal | undefined,
  exampleOf: (name: string) => string,
): Promise<Identity> {
  if (name !== undefined) {
    const known = identityOf(name, kind);
    if (known !== undefined) return known;
  }
  if (person === undefined)
    throw new CommandError(
      name === undefined
        ? `name the plugin, for instance: ${exampleOf("notes")}`
        : `say what ${name} is to be: --type secrets for a secrets engine, --type auth for an auth method. ` +
            `For instance: ${exampleOf(name)}`,
    );
  const terminal = createInterface(person);
  const unanswered = once(terminal, "close").then((): never => {
    throw new CommandError("no answer was given");
  });
  const ask = async (question: string) => (await Promise.race([terminal.question(question), unanswered])).trim();
  try {
    const answered = name ?? (await ask("Name of the plugin, for instance notes: "));
    const known = identityOf(answered, kind);
    if (known !== undefined) return known;
    const wanted = await ask("A secrets engine or an auth method? (secrets/auth) ");
    const chosen = pluginKinds.find((each) => each === wanted);
    const complete = chosen && identityOf(answered, chosen);
    if (!complete) throw new CommandError(`"${wanted}" is neither secrets nor auth`);
    return complete;
  } finally {
    unanswered.catch(() => {}); // Closing is no refusal to answer any more.
    terminal.close();
  }
}
