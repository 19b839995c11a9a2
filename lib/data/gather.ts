/**
 * Gathers calls that come at about the same time into one: whatever has arrived when a place is free goes together.
 * Nothing is kept: a call always starts its work after it was asked, so an answer is never older than its question.
 */
export class Gather<Q, A> {
  private waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly answerAll: (questions: Q[]) => Promise<A[]>,
    private readonly options: { readonly atOnce: number; readonly most: number },
  ) {}

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0 || this.running >= this.options.atOnce) return;
    this.scheduled = true;
    // One turn of the event loop: every request whose bytes are already here joins the group.
    setImmediate(() => {
      this.scheduled = false;
      while (this.waiting.length > 0 && this.running < this.options.atOnce) void this.run();
    });
  }

  private async run(): Promise<void> {
    const group = this.waiting.splice(0, this.options.most);
    this.running++;
    try {
      const answers = await this.answerAll(group.map((one) => one.question));
      group.forEach((one, i) => one.resolve(answers[i]!));
    } catch (error) {
      for (const one of group) one.reject(error);
    } finally {
      this.running--;
      this.schedule();
    }
  }
}
