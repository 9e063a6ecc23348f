/** A mistake in the definition of a plugin; thrown while the definition is made, so that no such plugin ever starts. */
export class DefinitionError extends Error {
  override readonly name: string = "DefinitionError";
}
