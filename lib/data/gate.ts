/** Lets at most so many through at once; the others wait outside, in the order they came, holding nothing. */
export class Gate {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly places: number) {}

  async pass<T>(act: () => Promise<T>): Promise<T> {
    if (this.inside < this.places) this.inside++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await act();
    } finally {
      // Whoever waits longest takes the place over; only without anybody waiting does it become free.
      const next = this.waiting.shift();
      if (next) next();
      else this.inside--;
    }
  }
}
