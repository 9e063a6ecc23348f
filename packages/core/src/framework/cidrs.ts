import { UserError } from "../logical/errors.ts";
import { type Block, parseBlock } from "./addresses.ts";

/**
 * Whether each of the inner CIDR blocks lies within one of the outer, for credentials that may only narrow what their role
 * allows. What is no block is refused, and so is a list without any.
 */
export function cidrsContain(outer: readonly string[], inner: readonly string[]): boolean {
  if (outer.length === 0) throw new UserError("missing CIDR blocks to be checked against");
  if (inner.length === 0) throw new UserError("missing CIDR blocks that needs to be checked");
  const allowed = outer.map((cidr) => canonical(cidr, "CIDR to be checked against"));
  const wanted = inner.map((cidr) => canonical(cidr, "CIDR that needs to be checked"));
  return wanted.every((block) => allowed.some((around) => isWithin(block, around)));
}

/** Checks CIDR blocks of a request; the first that is none is refused. */
export function checkCidrs(cidrs: readonly string[]): void {
  for (const cidr of cidrs.map((text) => text.trim())) if (!blockOf(cidr)) throw new UserError(noBlock(cidr));
}

function isWithin(block: Block, around: Block): boolean {
  if (block.address.kind() !== around.address.kind() || block.bits < around.bits) return false;
  return block.address.match(around.address, around.bits);
}

/** With a mask of zero every address is meant, so one that is written beside it is a slip that opens everything. */
function canonical(cidr: string, what: string): Block {
  const block = blockOf(cidr);
  if (block === undefined) throw new UserError(`failed to parse the ${what}: ${noBlock(cidr)}`);
  const isZero = block.address.toByteArray().every((byte) => byte === 0);
  if (block.bits === 0 && !isZero) throw new UserError(`${what} is not in its canonical form`);
  return block;
}

function blockOf(cidr: string): Block | undefined {
  return cidr.includes("/") ? parseBlock(cidr) : undefined;
}

function noBlock(cidr: string): string {
  return `invalid CIDR address: ${cidr}`;
}
