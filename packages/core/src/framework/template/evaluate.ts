import { own } from "../own.ts";
import type { Parameter, TemplateFunction } from "./functions.ts";
import { longestText, tooLong } from "./longest-text.ts";
import { type Command, type Node, type Operand, type Pipeline, sourceOf } from "./nodes.ts";
import { placeOf, TemplateFault } from "./template-fault.ts";
import { isMap, isTrue, print, type TemplateValue, typeName, type Value } from "./values.ts";

/** What a template is applied to, and what it may call. */
export interface Scope {
  readonly source: string;
  readonly data: Readonly<Record<string, TemplateValue>>;
  find(name: string): TemplateFunction | undefined;
}

/** The value that a pipeline passes on as the last argument, if there is one before. */
type Passed = { readonly value: Value } | undefined;

const kindNames: Readonly<Record<Parameter, string>> = { int: "integer", string: "string", any: "value" };

/** Applies a template; what fails is thrown as `TemplateFault`. */
export function applyTemplate(nodes: readonly Node[], scope: Scope): string {
  // What a message shows is the part that was looked at last, as in Go.
  let looked: Operand | Command | undefined;
  /** How much text there has been, that of functions too. */
  let made = 0;
  return nodes.map(render).join("");

  function render(node: Node): string {
    if (node.kind === "text") return node.text;
    if (node.kind === "output") return counted(print(ofPipeline(node.pipeline)));
    return (isTrue(ofPipeline(node.condition)) ? node.branch : node.otherwise).map(render).join("");
  }

  function counted<V extends Value>(value: V): V {
    if (typeof value === "string") made += value.length;
    if (made > longestText) throw fault(tooLong);
    return value;
  }

  function fault(message: string, options?: ErrorOptions): TemplateFault {
    const { line, column } = placeOf(scope.source, looked?.at ?? 0);
    const shown = looked ? sourceOf(looked) : "";
    const where = `template: template:${line}:${column}: executing "template" at <${shown}>`;
    return new TemplateFault(`${where}: ${message}`, options);
  }

  function ofPipeline(pipeline: Pipeline): Value {
    looked = pipeline;
    let passed: Passed;
    for (const command of pipeline.commands) passed = { value: ofCommand(command, passed) };
    return passed?.value;
  }

  function ofCommand(command: Command, passed: Passed): Value {
    const { first, rest } = command;
    if (first.kind === "function") return call(first.name, first, command, rest, passed);
    looked = first;
    const isCalled = rest.length > 0 || passed !== undefined;
    if (isCalled && first.kind === "field")
      throw fault(`${first.names.at(-1)} has arguments but cannot be invoked as function`);
    if (isCalled) throw fault(`can't give argument to non-function ${sourceOf(first)}`);
    if (first.kind === "nil") throw fault("nil is not a command");
    return ofOperand(first);
  }

  function ofOperand(operand: Operand): Value {
    looked = operand;
    switch (operand.kind) {
      case "dot":
        return scope.data;
      case "nil":
        return undefined;
      case "literal":
        return operand.value;
      case "field":
        return operand.names.slice(1).reduce(memberOf, topMember(operand.names[0] ?? ""));
      case "chain":
        return operand.names.reduce(memberOf, ofBase(operand.base, operand));
      case "function":
        return call(operand.name, operand, operand, [], undefined);
      case "pipeline":
        return ofPipeline(operand);
      default:
        return operand satisfies never;
    }
  }

  function ofBase(base: Operand, chain: Operand): Value {
    const value = ofOperand(base);
    looked = chain;
    return value;
  }

  /** What a template is applied to says all that there is, so a name that it lacks is a mistake. */
  function topMember(name: string): Value {
    const found = own(scope.data, name);
    if (found === undefined) throw fault(`can't evaluate field ${name}`);
    return found;
  }

  function memberOf(value: Value, name: string): Value {
    if (isMap(value)) return own(value, name);
    throw fault(`can't evaluate field ${name} in type ${typeName(value)}`);
  }

  function call(
    name: string,
    named: Operand,
    whole: Operand | Command,
    operands: readonly Operand[],
    passed: Passed,
  ): Value {
    looked = named;
    if (name === "and" || name === "or") return ofLogic(name, operands, passed);
    const found = scope.find(name);
    if (!found) throw fault(`"${name}" is not a defined function`);
    checkCount(name, found, operands.length + (passed ? 1 : 0));
    const values = operands.map((operand, index) => argument(operand, kindOf(found, index)));
    if (passed) values.push(checked(passed.value, kindOf(found, values.length)));
    return counted(attempt(name, whole, () => found.call(values)));
  }

  function attempt(name: string, whole: Operand | Command, work: () => Value): Value {
    try {
      return work();
    } catch (cause) {
      looked = whole;
      throw fault(`error calling ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }

  function kindOf({ parameters, rest }: TemplateFunction, index: number): Parameter {
    return parameters[index] ?? rest ?? "any";
  }

  function checkCount(name: string, { parameters, rest }: TemplateFunction, given: number): void {
    const wanted = parameters.length;
    if (rest === undefined ? given === wanted : given >= wanted) return;
    throw fault(
      `wrong number of args for ${name}: want ${rest === undefined ? "" : "at least "}${wanted} got ${given}`,
    );
  }

  /** Gives the first argument that decides, without a look at those after it. */
  function ofLogic(name: "and" | "or", operands: readonly Operand[], passed: Passed): Value {
    if (operands.length === 0 && !passed) throw fault(`wrong number of args for ${name}: want at least 1 got 0`);
    let value: Value;
    for (const operand of operands) {
      value = argument(operand, "any");
      if (isTrue(value) === (name === "or")) return value;
    }
    return passed ? passed.value : value;
  }

  function argument(operand: Operand, kind: Parameter): Value {
    const value = ofOperand(operand);
    if (operand.kind !== "literal" && operand.kind !== "nil") return checked(value, kind);
    if (fits(value, kind)) return value;
    throw fault(`expected ${kindNames[kind]}; found ${sourceOf(operand)}`);
  }

  function checked(value: Value, kind: Parameter): Value {
    if (fits(value, kind)) return value;
    if (value === undefined) throw fault(`invalid value; expected ${kind}`);
    throw fault(`wrong type for value; expected ${kind}; got ${typeName(value)}`);
  }
}

function fits(value: Value, kind: Parameter): boolean {
  if (kind === "any") return true;
  return kind === "string" ? typeof value === "string" : typeName(value) === "int";
}
