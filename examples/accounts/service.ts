import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";

/** A running service. */
export interface Service {
  readonly url: string;
  /** The passwords of its accounts, by their names. */
  readonly accounts: Map<string, string>;
  close(): Promise<void>;
}

/**
 * Starts a small service with accounts, on this machine. It stands in for the database, the broker or the cloud whose
 * accounts an engine makes: `POST /accounts`, `PUT /accounts/NAME/password`, `DELETE /accounts/NAME` are its
 * administrator's; `GET /me` answers every account.
 */
export async function startService(admin: { readonly name: string; readonly password: string }): Promise<Service> {
  const accounts = new Map([[admin.name, admin.password]]);
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, accounts, admin.name);
    response.writeHead(status, { "content-type": "application/json" }).end(body && JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the service got no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    accounts,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}

interface Answer {
  readonly status: number;
  readonly body?: object;
}

async function answer(request: IncomingMessage, accounts: Map<string, string>, admin: string): Promise<Answer> {
  const caller = callerOf(request, accounts);
  if (caller === undefined) return { status: 401 };
  if (request.url === "/me") return { status: 200, body: { name: caller } };
  if (caller !== admin) return { status: 403 };

  const [, collection, name = "", property] = (request.url ?? "").split("/").map(decodeURIComponent);
  if (collection !== "accounts") return { status: 404 };
  const body = request.method === "DELETE" ? {} : ((await json(request)) as { name?: string; password?: string });
  switch (`${request.method} ${property ?? ""}`) {
    case "POST ":
      if (accounts.has(body.name ?? "")) return { status: 409 };
      accounts.set(body.name ?? "", body.password ?? "");
      return { status: 201 };
    case "PUT password":
      if (!accounts.has(name)) return { status: 404 };
      accounts.set(name, body.password ?? "");
      return { status: 204 };
    case "DELETE ":
      return { status: accounts.delete(name) ? 204 : 404 };
    default:
      return { status: 405 };
  }
}

function callerOf({ headers }: IncomingMessage, accounts: ReadonlyMap<string, string>): string | undefined {
  const [name = "", password] = Buffer.from((headers.authorization ?? "").replace(/^Basic /, ""), "base64")
    .toString()
    .split(":");
  return password !== undefined && accounts.get(name) === password ? name : undefined;
}
