/** A reason why a command cannot do what it was asked, with what to do about it; it is shown without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
