/** What browsers have had since 2023, and the types of the compiler's library have not yet. */
interface JSON {
  rawJSON(text: string): unknown;
}
