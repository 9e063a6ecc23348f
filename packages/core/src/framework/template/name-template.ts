import { UserError } from "../../logical/errors.ts";
import { applyTemplate } from "./evaluate.ts";
import { functions, type TemplateFunction } from "./functions.ts";
import { parseTemplate } from "./parse.ts";
import { TemplateFault } from "./template-fault.ts";
import type { TemplateValue } from "./values.ts";

/** Options of a template. */
export interface NameTemplateOptions {
  /** Functions besides the hosts' own, by the name that a template calls them by. */
  readonly functions?: Readonly<Record<string, (...values: readonly (TemplateValue | undefined)[]) => TemplateValue>>;
}

/** A template by which operators have names made, for instance `v-{{ .RoleName | truncate 8 }}-{{ random 20 }}`. */
export interface NameTemplate {
  /** Makes a text of values; what fails is thrown as `UserError`. */
  generate(data: Readonly<Record<string, TemplateValue>>): string;
}

const mostBytes = 100_000;

/**
 * Reads a template in the language of the hosts' user-name templates: that of Go without loops, variables and templates
 * inside of templates. What is wrong with it is thrown as `UserError`.
 */
export function nameTemplate(source: string, options: NameTemplateOptions = {}): NameTemplate {
  if (source === "") throw new UserError("missing template");
  if (Buffer.byteLength(source) >= mostBytes)
    throw new UserError("template too large, length of template must be less than 100,000");
  const own = new Map<string, TemplateFunction>(
    Object.entries(options.functions ?? {}).map(([name, call]) => [
      name,
      { parameters: [], rest: "any", call: (values) => call(...values) },
    ]),
  );
  const find = (name: string) => own.get(name) ?? functions.get(name);
  const isKnown = (name: string) => name === "and" || name === "or" || find(name) !== undefined;
  const nodes = failingAs("unable to parse template", () => parseTemplate(source, isKnown));
  return {
    generate: (data) => failingAs("unable to apply template", () => applyTemplate(nodes, { source, data, find })),
  };
}

function failingAs<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    throw new UserError(`${what}: ${thrown.message}`, { cause: thrown });
  }
}
