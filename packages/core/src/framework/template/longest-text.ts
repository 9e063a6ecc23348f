/** No name is nearly as long, and a template of a few lines could make more than fits into the memory of the process. */
export const longestText = 2_000_000;

/** What is said of more than that, in one piece or together. */
export const tooLong: string = `more than ${longestText} characters`;
