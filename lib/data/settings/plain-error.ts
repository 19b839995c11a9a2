/**
 * A failure whose message is one sentence for the person at the terminal: it says what is wrong and what to do.
 * Whoever started the process prints the message alone, without a stack, and ends with code 1.
 */
export class PlainError extends Error {
  override readonly name = "PlainError";

  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? {} : { cause });
  }
}
