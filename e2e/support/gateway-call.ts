import { demo } from "./start-demo";

/** One call of the demo's gateway, with the demo's own key unless another is named; what is refused throws with its status. */
export async function gatewayCall(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object, apiKey = demo().apiKey): Promise<unknown> {
  const reply = await fetch(`${demo().gateway}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}
