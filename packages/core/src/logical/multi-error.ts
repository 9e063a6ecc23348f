/** Lists what went wrong, in the form in which Go's plugins do. */
export function errorsText(messages: readonly string[]): string {
  const count = messages.length === 1 ? "1 error occurred" : `${messages.length} errors occurred`;
  return `${count}:\n\t* ${messages.join("\n\t* ")}\n\n`;
}
