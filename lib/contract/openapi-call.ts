import { z } from "zod";
import { call } from "./call";

export const openapiCall = call({
  name: "describe",
  method: "get",
  path: "/v1/openapi.json",
  scope: null,
  summary: "This description",
  description: "Every call in OpenAPI 3.1, made from what the gateway itself parses and serves by.",
  reply: { status: 200, body: z.looseObject({ openapi: z.string().describe("The version of OpenAPI.") }), description: "An OpenAPI 3.1 document." },
  refusals: [],
});
