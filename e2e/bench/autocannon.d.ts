/** The part of autocannon that the measurements use; the package brings no types. */
declare module "autocannon" {
  /** What requests of one connection remember from one to the next. */
  type Context = Record<string, unknown>;
  type Request = {
    readonly method: "GET" | "POST";
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    /** Makes the request anew each time. */
    readonly setupRequest?: (request: Request, context: Context) => Request;
    readonly onResponse?: (status: number, body: string, context: Context) => void;
  };
  type Client = { setRequests(requests: readonly Request[]): void };
  type Result = { readonly "2xx": number; readonly non2xx: number; readonly errors: number; readonly duration: number };
  type Running = PromiseLike<Result> & {
    on(event: "response", listener: (client: Client, status: number, bytes: number, milliseconds: number) => void): void;
    stop(): void;
  };
  type Options = {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly setupClient: (client: Client) => void;
  };
  export default function autocannon(options: Options): Running;
}
